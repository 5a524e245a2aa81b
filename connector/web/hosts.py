"""The doors through which a site that installed us comes in; each is open or None."""

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from connector.atlassian.forge_token import KeySet
from connector.atlassian.seen import Seen
from connector.ports import Installations

CONNECT_SCRIPT = "https://connect-cdn.atl-paas.net/all.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectDoor:
    """`key_of` gives Atlassian's public key by its id; `hosts` are those that may install us
    (`.domain` for all below it); `script` is the host's, which fits a frame to its content."""

    installations: Installations
    key_of: Callable[[str], RSAPublicKey]
    hosts: tuple[str, ...]
    script: str = CONNECT_SCRIPT
    seen: Seen = field(default_factory=Seen)

    def takes(self, host: str) -> bool:
        """Whether a site of this host (and port, if it is named) may install us."""
        name = host.lower()
        return any(name.endswith(one) if one.startswith(".") else name == one for one in self.hosts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgeDoor:
    """`app_id` is our own; what tokens say of addresses must lie below one of `api_origins`."""

    installations: Installations
    app_id: str
    keys: KeySet
    api_origins: tuple[str, ...]
