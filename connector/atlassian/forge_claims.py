"""What an invocation token of Forge says, as our own types. The signature is checked elsewhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.compact_token import text_claim
from connector.atlassian.key_fetch import is_loopback
from connector.core.json import JsonObject

_NOBODY = "unidentified"
_CLOUD_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_IN_PATH = re.compile(r"/ex/[a-z]+/([A-Za-z0-9-]{1,64})/?")
_PRODUCT = re.compile(r"[a-z][a-z0-9-]{0,31}")
_PATH = re.compile(r"(?:/[A-Za-z0-9_-]+)*/?")
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\[[0-9a-f:]+\](?::[0-9]{1,5})?")
_NUMBER = re.compile(r"[0-9]{1,20}")
# Before it may stand in an address: https://developer.atlassian.com/platform/forge/remote/essentials
_IC_LABEL = re.compile(r"[a-z0-9_-]{1,50}")
_MOST_SETTINGS, _LONGEST_SETTING = 100, 8000


@dataclass(frozen=True, slots=True)
class Invocation:
    """
    One call from Forge.

    `installation` changes when the app is installed anew, `cloud_id` does not. `account` is None
    without a user, or with one who is not signed in. `site_url`, `page`, `space` and `issue` are
    those where a module is shown; events have none. `api_base_urls` by product (`confluence`,
    `jira`) have no trailing slash; `issued` and `ends` in seconds since 1970; `config` is what the
    author set.
    """

    installation: str
    cloud_id: str
    api_base_urls: Mapping[str, str]
    module_type: str
    module_key: str
    jti: str
    issued: int
    ends: int
    site_url: str | None
    account: str | None
    page: str | None
    space: str | None
    issue: str | None
    local_id: str | None
    config: Mapping[str, str]
    environment: str | None
    app_version: str | None
    ic_label: str | None

    def api_base_url(self, product: str) -> str | None:
        """Where this product of the site answers for us, None if it has no such product."""
        return self.api_base_urls.get(product)


def invocation_of(
    claims: JsonObject, *, app: str, ends: int, api_origins: Sequence[str]
) -> Invocation:
    """
    Raises BadProof where claims contradict each other, have the wrong type, or name an address
    that is not Atlassian's.
    """
    of_app, context = _part(claims, "app"), _part(claims, "context")
    extension, module = _part(context, "extension"), _part(of_app, "module")
    if _text(of_app, "id") not in (None, app):
        raise BadProof(Reason.AUDIENCE)
    addresses = _addresses(of_app, api_origins)
    return Invocation(
        installation=_installation(of_app),
        cloud_id=_cloud_id(context, of_app, addresses),
        api_base_urls=addresses,
        module_type=_text(module, "type") or "",
        module_key=_text(module, "key") or _text(context, "moduleKey") or "",
        jti=text_claim(claims, "jti"),
        issued=claims["iat"],  # a whole number, or the token's life had not been believed
        ends=ends,
        site_url=_site_url(context, api_origins),
        account=_account(claims),
        page=_number(_part(extension, "content")),
        space=_text(_part(extension, "space"), "key"),
        issue=_text(_part(extension, "issue"), "key"),
        local_id=_text(context, "localId"),
        config=_config(extension),
        environment=_text(_part(of_app, "environment"), "type"),
        app_version=_text(of_app, "appVersion"),
        ic_label=_ic_label(claims),
    )


def _part(claims: JsonObject, name: str) -> JsonObject:
    """An object within, empty where there is none; null counts as none."""
    found = claims.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise BadProof(Reason.CLAIMS)
    return found


def _text(claims: JsonObject, name: str) -> str | None:
    """A name, None where there is none; null counts as none."""
    return None if claims.get(name) is None else text_claim(claims, name)


def _installation(of_app: JsonObject) -> str:
    """Under the old name and the new one, while both are sent."""
    named = _text(of_app, "installationId")
    also = _text(_part(of_app, "installation"), "id")
    found = named or also
    if found is None or (also or found) != found:
        raise BadProof(Reason.CLAIMS)
    return found


def _addresses(of_app: JsonObject, origins: Sequence[str]) -> dict[str, str]:
    listed = _part(of_app, "installation").get("contexts", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise BadProof(Reason.CLAIMS)
    found = {_product(one): _address(one, origins) for one in listed}
    if "apiBaseUrl" in of_app:
        main = _address(of_app, origins)
        found.setdefault("jira" if "/ex/jira/" in main else "confluence", main)
    return found


def _product(context: JsonObject) -> str:
    name = text_claim(context, "name")
    if not _PRODUCT.fullmatch(name):
        raise BadProof(Reason.CLAIMS)
    return name


def _address(of: JsonObject, origins: Sequence[str]) -> str:
    """Below an allowed origin, so that nobody can send our tokens, or us, elsewhere."""
    url = text_claim(of, "apiBaseUrl")
    for origin in origins:
        allowed = origin.rstrip("/")
        if url.startswith(allowed) and _PATH.fullmatch(url[len(allowed) :]):
            return url.rstrip("/")
    raise BadProof(Reason.ADDRESS)


def _cloud_id(context: JsonObject, of_app: JsonObject, addresses: Mapping[str, str]) -> str:
    """One for the site, wherever the token names it: calls for events have it in the paths only."""
    listed = _part(of_app, "installation").get("contexts", [])
    named = [_text(one, "cloudId") for one in (context, *listed)]
    paths = [_IN_PATH.fullmatch(urlsplit(one).path) for one in addresses.values()]
    ids = {one for one in named if one is not None} | {path[1] for path in paths if path}
    if len(ids) != 1 or not _CLOUD_ID.fullmatch(found := ids.pop()):
        raise BadProof(Reason.CLAIMS)
    return found


def _site_url(context: JsonObject, origins: Sequence[str]) -> str | None:
    """The origin of the site; without https only beside a Forge that is on this machine too."""
    url = _text(context, "siteUrl")
    if url is None:
        return None
    scheme, _, host = url.rstrip("/").partition("://")
    local = scheme == "http" and any(is_loopback(urlsplit(one).hostname or "") for one in origins)
    if not _HOST.fullmatch(host) or not (scheme == "https" or local):
        raise BadProof(Reason.ADDRESS)
    return f"{scheme}://{host}"


def _account(claims: JsonObject) -> str | None:
    found = _text(claims, "principal")
    return None if found == _NOBODY else found


def _number(content: JsonObject) -> str | None:
    """A page's id; what is not yet saved has other names."""
    found = content.get("id")
    if type(found) is int:
        found = str(found)
    return found if isinstance(found, str) and _NUMBER.fullmatch(found) else None


def _config(extension: JsonObject) -> dict[str, str]:
    """Scalars only, as texts; what a database cannot hold is left out, for authors type it."""
    listed = _part(extension, "config")
    found: dict[str, str] = {}
    for name, value in list(listed.items())[:_MOST_SETTINGS]:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        plain = isinstance(value, str | int | float) and len(text) <= _LONGEST_SETTING
        if plain and _storable(name) and _storable(text):
            found[name] = text
    return found


def _storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= one <= "\udfff" for one in text)


def _ic_label(claims: JsonObject) -> str | None:
    found = _text(claims, "icLabel")
    if found is not None and not _IC_LABEL.fullmatch(found):
        raise BadProof(Reason.CLAIMS)
    return found
