"""What a Connect host posts when it installs us or lets us go, parsed into our own types."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from connector.core.errors import BadInput
from connector.core.installation import APP_KEYS, Address, InstallationKey, Product
from schemas import validate


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """`host` is that of the site, with its port if it is named; the secret is not shown."""

    key: InstallationKey
    address: Address
    host: str
    secret: str | None

    def __repr__(self) -> str:
        return f"Lifecycle({self.key!r}, {self.address!r})"


def lifecycle_of(body: bytes) -> Lifecycle:
    """
    `baseUrl` is where the product answers; `displayUrl`, which people open, is left alone: calls
    never go there, and a site has it for its own domain only.

    Raises BadInput, which repeats nothing of the body: it holds a secret.
    """
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise BadInput("the body is JSON") from None
    if wrong := validate("connect-installed", document):
        raise BadInput(f"not an installation: {wrong[0].where or 'the body'}")
    product = Product(document["productType"])
    if document["key"] != APP_KEYS[product]:
        raise BadInput("not an installation of ours: key")
    url = document["baseUrl"].rstrip("/")
    return Lifecycle(
        InstallationKey(document["clientKey"]),
        Address(product, api=url, shown=url),
        urlsplit(url).netloc.lower(),
        document.get("sharedSecret"),
    )
