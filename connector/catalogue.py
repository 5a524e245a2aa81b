"""The one catalogue of user-facing words: gettext files, one set per language, keyed by symbol."""

from functools import cache
from importlib import resources

from babel.messages.pofile import read_po

from connector.core.words import Words

LOCALES = ("en", "zh-CN")


@cache
def words(locale: str) -> Words:
    """The language nearest to a BCP 47 tag or an Atlassian locale (`zh_CN`); English otherwise.

    >>> words("zh_TW").locale
    'zh-CN'
    """
    tag = "zh-CN" if locale.lower().startswith("zh") else "en"
    return Words(tag, _messages(tag))


def _messages(tag: str) -> dict[str, str]:
    folder = resources.files("connector") / "locale" / tag.replace("-", "_")
    found: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if not entry.name.endswith(".po"):
            continue
        with entry.open("rb") as file:
            for message in read_po(file, locale=tag.replace("-", "_"), abort_invalid=True):
                if message.id and isinstance(message.id, str) and isinstance(message.string, str):
                    found[message.id] = message.string
    return found
