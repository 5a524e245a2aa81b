"""Which language a caller reads."""

from flask import Request

from connector.core.words import Words
from connector.web.services import WebServices


def words_for(request: Request, services: WebServices) -> Words:
    """`locale` in the address, else the browser's list, else the language of the settings."""
    named = request.args.get("locale", "").strip()
    return services.words(named or _accepted(request) or services.locale)


def _accepted(request: Request) -> str | None:
    for tag in request.accept_languages.values():
        if tag.lower().split("-")[0] in ("en", "zh"):
            return tag
    return None
