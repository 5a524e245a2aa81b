"""What the caller may see: decided here and nowhere else, for every macro and export."""

from collections.abc import Collection

from connector.core.errors import NotFound
from connector.core.okr import PageId
from connector.web.auth import Proof, current_site, principal
from connector.web.services import services

# Those who keep the service: they hold its token, or sit at its machine.
KEEPERS = frozenset({Proof.API_TOKEN, Proof.LOOPBACK})


def visible_pages(pages: Collection[PageId]) -> frozenset[PageId]:
    """
    Of these pages, those that the caller may read: a person what the host shows them, a signed
    link its own page, the keepers of the service all, and anybody else nothing.

    Raises what `Visibility.visible` raises.
    """
    who = principal()
    if who.viewer is not None:
        return services().visibility.visible(current_site(), who.viewer, pages)
    if who.proof is Proof.SIGNED_LINK:
        return frozenset(pages) & {who.page}
    return frozenset(pages) if who.proof in KEEPERS else frozenset()


def require_readable(page: PageId) -> None:
    """Raises NotFound, as for a page that is not there, if the caller may not read it."""
    if page not in visible_pages([page]):
        raise NotFound("no such page for this caller")


def may_list_issues() -> bool:
    """
    Whether keys and summaries of counted issues may be shown. Our account read them, and what
    Jira shows to whoever looks is not known; so others get numbers, and Jira's own list.
    """
    return principal().proof in KEEPERS


def may_hear_of_hidden() -> bool:
    """Whether to tell how many objectives stand on pages that are not shown: to people whom the
    host knows, and to nobody whose name it does not say."""
    who = principal()
    return who.proof in KEEPERS or (who.viewer is not None and bool(who.viewer.account))
