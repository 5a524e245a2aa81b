"""What installed apps add to a page and to an issue: lines and panels, each with its frame."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from sandbox.connect import places
from sandbox.connect.frames import Place, frame, name_of
from sandbox.connect.tenancy import Tenancy
from sandbox.forge import frames as forge_frames
from sandbox.jira.model import Issue, Project
from sandbox.site import current_site
from sandbox.ui.chrome import look
from sandbox.ui.identity import acting
from sandbox.wiki.model import Page
from sandbox.wire import JsonObject, as_object, as_text

_ISSUE_KINDS = ("jiraIssueContents", "jiraIssueContexts", "jiraIssueGlances", "webPanels")
_ON_ISSUES = "atl.jira.view.issue"
_FORGE_ISSUE_KINDS = ("jira:issuePanel", "jira:issueContext")


@dataclass(frozen=True, slots=True)
class Part:
    """Its name, a hint, and its frame, None as long as nobody opened it."""

    key: str
    name: str
    hint: str
    frame: Markup | None


def byline(page: Page, opened: str) -> list[Part]:
    """A content property may say what an item is called on this page; one may be `opened`."""
    place, parts = places.of_page(page), []
    for tenancy, module in current_site().connect.modules("confluence", "contentBylineItems"):
        key = as_text(module.get("contentPropertyKey"))
        told = as_object(_property(page, key)) if key else {}
        name = as_text(as_object(told.get("name")).get("value")) or name_of(module)
        hint = as_text(as_object(told.get("tooltip") or module.get("tooltip")).get("value"))
        item = f"{tenancy.descriptor.key}/{as_text(module.get('key'))}"
        shown = framed(tenancy, module, place) if item == opened else None
        parts.append(Part(item, name, hint, shown))
    return parts


def _property(page: Page, key: str) -> object:
    held = current_site().pages.properties(page, key)
    return held[0].value if held else None


def issue_parts(issue: Issue, project: Project) -> list[Part]:
    place = places.of_issue(issue, project)
    parts = [
        Part(as_text(module.get("key")), _label(module), "", framed(tenancy, module, place))
        for kind in _ISSUE_KINDS
        for tenancy, module in current_site().connect.modules("jira", kind)
        if kind != "webPanels" or as_text(module.get("location")).startswith(_ON_ISSUES)
    ]
    return parts + list(_forge_parts(issue, project))


def _label(module: JsonObject) -> str:
    """A panel beside the issue has a label of its own."""
    label = as_object(as_object(module.get("content")).get("label"))
    return as_text(label.get("value")) or name_of(module)


def _forge_parts(issue: Issue, project: Project) -> Iterator[Part]:
    host, chosen = current_site().forge, look()
    found = host.installation
    if found is None or "jira" not in found.manifest.products:
        return
    for kind in _FORGE_ISSUE_KINDS:
        for module in found.manifest.listed(kind):
            drawn = forge_frames.frame(
                forge_frames.of_issue(issue, project, kind, module),
                found,
                host.secret,
                user=acting(),
                locale=chosen.locale,
                theme=chosen.theme,
            )
            yield Part(as_text(module.get("key")), forge_frames.title_of(module), "", drawn)


def framed(tenancy: Tenancy, module: JsonObject, place: Place) -> Markup:
    """For whoever looks."""
    user = acting()
    return frame(tenancy, module, place, user.account_id if user else None)
