"""The links and grants of one site."""

from dataclasses import dataclass, field

from sandbox.datacenter.oauth.grants import Grants
from sandbox.datacenter.oauth.links import IncomingLinks


@dataclass(slots=True)
class OAuthProvider:
    links: IncomingLinks = field(default_factory=IncomingLinks)
    grants: Grants = field(default_factory=Grants)

    def unlink(self, client_id: str) -> None:
        """The application asks no more, and what was granted to it ends."""
        if self.links.remove(client_id):
            self.grants.forget(client_id)
