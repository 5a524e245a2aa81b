"""Which language a caller reads."""

from flask import Request

from connector.core.words import Words
from connector.web.services import WebServices

# A browser names a dozen; reading thousands takes milliseconds.
_LONGEST_LIST = 1000


def words_for(request: Request, services: WebServices, *, named: str = "") -> Words:
    """`named` or `locale` in the address, else the browser's list, else that of the settings.

    The catalogue is asked for one of its own names only: what strangers send would fill its
    memory.
    """
    named = named or request.args.get("locale", "").strip()
    wanted = _known(named) or "en" if named else _accepted(request)
    return services.words(wanted or services.locale)


def _accepted(request: Request) -> str | None:
    if len(request.headers.get("Accept-Language", "")) > _LONGEST_LIST:
        return None
    return next(filter(None, map(_known, request.accept_languages.values())), None)


def _known(tag: str) -> str | None:
    """
    >>> _known("zh_TW"), _known("EN-gb"), _known("fr")
    ('zh-CN', 'en', None)
    """
    language = tag.replace("_", "-").split("-")[0].lower()
    return {"en": "en", "zh": "zh-CN"}.get(language)
