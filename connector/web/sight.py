"""What the caller may see: decided here and nowhere else, for every macro and export."""

from collections.abc import Collection

import structlog

from connector.core.errors import NotFound, OkrError
from connector.core.okr import IssueKey, PageId
from connector.core.viewer import Viewer, ViewerNotAccepted
from connector.usecases.render_macro import IssueSight
from connector.usecases.visibility import RightsUnknown
from connector.web.auth import Proof, current_site, principal
from connector.web.services import services

log = structlog.get_logger(__name__)

# Those who keep the service: they hold its token, or sit at its machine.
KEEPERS = frozenset({Proof.API_TOKEN, Proof.LOOPBACK})


def visible_pages(pages: Collection[PageId]) -> frozenset[PageId]:
    """
    Of these pages, those that the caller may read: a person what the host shows them, a signed
    link its own page, the keepers of the service all, and anybody else nothing.

    Raises what `Visibility.visible` raises; ViewerNotAccepted only where signing in can help.
    """
    who = principal()
    if who.viewer is not None:
        return _shown_to(who.viewer, pages)
    if who.proof is Proof.SIGNED_LINK:
        return frozenset(pages) & {who.page}
    return frozenset(pages) if who.proof in KEEPERS else frozenset()


def _shown_to(viewer: Viewer, pages: Collection[PageId]) -> frozenset[PageId]:
    try:
        return services().visibility.visible(current_site(), viewer, pages)
    except ViewerNotAccepted as error:
        if principal().proof is Proof.SESSION:
            raise
        # A host that lent us a spent token lends another one with the next request.
        raise RightsUnknown("the host does not know the token that it lent us") from error


def mentioned_pages(pages: Collection[PageId]) -> frozenset[PageId]:
    """Of the pages that remarks about another page name; none of them when the host does not say,
    for the page itself is shown all the same."""
    try:
        return visible_pages(pages)
    except OkrError as error:
        log.warning("alignment.rights_unknown", code=error.code, retryable=error.retryable)
        return frozenset()


def require_readable(page: PageId) -> None:
    """Raises NotFound, as for a page that is not there, if the caller may not read it."""
    if page not in visible_pages([page]):
        raise NotFound("no such page for this caller")


def may_list_issues() -> bool:
    """
    Whether keys and summaries of counted issues may be shown at all. Our account read them; what
    Jira shows to whoever looks can only be asked with their own token. Others get numbers, and
    Jira's own list.
    """
    who = principal()
    return who.proof in KEEPERS or (who.viewer is not None and bool(who.viewer.token))


def issue_sight() -> IssueSight | None:
    """Which of some issues the caller may be told of; None for all."""
    return None if principal().proof in KEEPERS else _visible_issues


def _visible_issues(issues: Collection[IssueKey]) -> frozenset[IssueKey]:
    """None of them when Jira does not say: their number is shown all the same."""
    viewer = principal().viewer
    if viewer is None:
        return frozenset()
    try:
        return services().issue_visibility.visible(current_site(), viewer, issues)
    except OkrError as error:
        log.warning("issues.rights_unknown", code=error.code, retryable=error.retryable)
        return frozenset()


def shares_drawings() -> bool:
    """Whether others who may see the same get what was drawn for the caller: what was asked with
    somebody's own token is theirs alone."""
    viewer = principal().viewer
    return viewer is None or not viewer.token


def may_hear_of_hidden() -> bool:
    """Whether to tell how many objectives stand on pages that are not shown: to people whom the
    host knows, and to nobody whose name it does not say."""
    who = principal()
    return who.proof in KEEPERS or (who.viewer is not None and bool(who.viewer.account))
