"""
Where the frames of an app point: a module's address, filled in and signed.

The host's own parameters are those of addresses seen in the field:
`xdm_e xdm_c cp xdm_deprecated_addon_key_do_not_use lic cv jwt`.
"""

import json
import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup

from sandbox.connect.tenancy import Tenancy
from sandbox.wire import JsonObject, as_object, as_text

VERSION = "1000.0.0-sandbox"
_VARIABLE = re.compile(r"\{([\w.-]+)\}")
_ROOT = {"confluence": "/wiki", "jira": ""}


@dataclass(frozen=True, slots=True)
class Place:
    """What a frame is about: the variables of its address, and the same as a token's context."""

    values: dict[str, str]
    context: JsonObject


def filled(template: str, values: dict[str, str]) -> str:
    """
    The address with its variables in place; what is not known is empty.

    >>> filled("/m?page={page.id}&o={objective}", {"page.id": "7"})
    '/m?page=7&o='
    """
    return _VARIABLE.sub(lambda found: quote(values.get(found[1], ""), safe=""), template)


def signed_address(
    tenancy: Tenancy, template: str, values: dict[str, str], account: str | None
) -> str:
    """For what the host itself asks of the app: only the token is added."""
    url = tenancy.descriptor.address(filled(template, values))
    return _with(url, {"jwt": tenancy.request_token("GET", url, account)})


def frame_address(
    tenancy: Tenancy, module: JsonObject, place: Place, account: str | None, *, number: int
) -> str:
    """`number` tells frames of one page apart, as the channel's name does on a real page."""
    url = tenancy.descriptor.address(filled(address_of(module), place.values))
    key = tenancy.descriptor.key
    url = _with(
        url,
        {
            "xdm_e": _origin(tenancy.base_url),
            "xdm_c": f"channel-{key}__{as_text(module.get('key'))}{number}",
            "cp": _ROOT[tenancy.product],
            "xdm_deprecated_addon_key_do_not_use": key,
            "lic": "active" if tenancy.descriptor.licensed else "none",
            "cv": VERSION,
        },
    )
    return _with(url, {"jwt": tenancy.request_token("GET", url, account, place.context)})


def address_of(module: JsonObject) -> str:
    """Modules of an issue have theirs in `target`."""
    return as_text(module.get("url")) or as_text(as_object(module.get("target")).get("url"))


def frame(
    tenancy: Tenancy, module: JsonObject, place: Place, account: str | None, *, number: int = 1
) -> Markup:
    """What stands in a page; `data-app` says to whom the page's script gives context tokens."""
    url = frame_address(tenancy, module, place, account, number=number)
    subject = place.values.get("page.id") or place.values.get("issue.key") or ""
    return Markup(
        '<iframe class="macro app" title="{title}" src="{url}" data-origin="{origin}"'
        ' data-app="{app}" data-product="{product}" data-subject="{subject}"'
        ' name="{name}" style="{style}" loading="eager"></iframe>'
    ).format(
        title=name_of(module),
        url=url,
        origin=_origin(url),
        app=tenancy.descriptor.key,
        product=tenancy.product,
        subject=subject,
        name=json.dumps({"hostOrigin": _origin(tenancy.base_url)}),
        style=_size(module),
    )


def name_of(module: JsonObject) -> str:
    return as_text(as_object(module.get("name")).get("value")) or as_text(module.get("key"))


_LENGTH = re.compile(r"\d{1,5}(px|%)?")


def _size(module: JsonObject) -> str:
    parts = []
    for side in ("width", "height"):
        asked = as_text(module.get(side))
        if _LENGTH.fullmatch(asked):
            parts.append(f"{side}:{asked}{'px' if asked.isdecimal() else ''}")
    return ";".join(parts)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _with(url: str, parameters: dict[str, str]) -> str:
    added = urlencode(parameters, quote_via=quote, safe="")
    return f"{url}{'&' if '?' in url else '?'}{added}"
