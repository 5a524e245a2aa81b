"""Word lists into patterns: vocabularies are words between spaces, nothing else."""

import re


def any_of(*lists: str) -> str:
    """The alternatives of a pattern, longest first, so that 提升 never hides 提升至.

    A `_` inside a word stands for a space.

    >>> any_of("run runs", "look_into")
    'look\\\\ into|runs|run'
    """
    words = {word.replace("_", " ") for one in lists for word in one.split()}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def forms(*lists: str) -> frozenset[str]:
    """English verbs with the form in -ing: `help` stands for help and helping.

    >>> sorted(forms("help use run"))
    ['help', 'helping', 'run', 'running', 'use', 'using']
    """
    plain = [word for one in lists for word in one.split()]
    return frozenset(plain) | {_ing(word) for word in plain}


def _ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    doubled = re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]|(?:set|kick|be|com|ref)", verb)
    return f"{verb}{verb[-1]}ing" if doubled and verb[-1] not in "kw" else f"{verb}ing"
