"""Word lists into patterns: vocabularies are words between spaces, nothing else."""

import re

Tree = dict[str, "Tree"]  # by the next letter; an empty one where a word may end


def any_of(*lists: str) -> str:
    """A pattern of the words, longest first, so that 提升 never hides 提升至.

    What words begin with in common is tried once: `re` takes alternatives one after the other,
    and there are hundreds. A `_` inside a word stands for a space.

    >>> any_of("run runs", "look looking lookup")
    '(?:look(?:ing|up)?|run(?:s)?)'
    """
    tree: Tree = {}
    for word in {word.replace("_", " ") for one in lists for word in one.split()}:
        here = tree
        for letter in word:
            here = here.setdefault(letter, {})
        here[""] = {}
    return _pattern(tree)


def _pattern(tree: Tree) -> str:
    """What may follow a beginning; where a word ends with it, nothing may, which is tried last."""
    further = {letter: _pattern(rest) for letter, rest in sorted(tree.items()) if letter}
    letters = [re.escape(letter) for letter, rest in further.items() if not rest]
    each = [re.escape(letter) + rest for letter, rest in further.items() if rest]
    each += [f"[{''.join(letters)}]"] if len(letters) > 1 else letters
    if "" in tree:
        return f"(?:{'|'.join(each)})?" if each else ""
    return each[0] if len(each) == 1 else f"(?:{'|'.join(each)})"


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
