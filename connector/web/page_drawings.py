"""What stands beside a page or an issue, as far as whoever asks may see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from connector.core.okr import IssueKey, PageId
from connector.usecases.render_macro import MacroParams
from connector.usecases.render_panel import (
    Panel,
    PanelParams,
    gather_panel,
    panel_tag,
    show_panel,
)
from connector.usecases.sites import Site
from connector.web.assets import drawing_release
from connector.web.auth import current_site
from connector.web.drawings import (
    Framing,
    ObjectiveDrawing,
    checked,
    locale_of,
    reader_alignment,
)
from connector.web.services import services
from connector.web.sight import (
    may_hear_of_hidden,
    mentioned_pages,
    require_readable,
    visible_pages,
)
from macros.objective.byline import render_byline
from macros.panel.page import render_panel

_PANEL_NAMES = ("issue", "locale", "theme")
_BYLINE_NAMES = ("page", "locale", "theme")


@dataclass(frozen=True, slots=True)
class PanelDrawing:
    """The key results that an issue moves."""

    params: PanelParams
    site: Site
    panel: Panel

    @property
    def locale(self) -> str:
        return self.params.locale

    @property
    def tag(self) -> str:
        return panel_tag(
            self.panel,
            self.params,
            site=self.site.name,
            clock=services().clock,
            policy=self.site.ports.policy,
            release=drawing_release(),
            jira_url=self.site.jira_url,
        )

    def html(self, framing: Framing) -> str:
        words = services().words(self.locale)
        view = show_panel(
            self.panel,
            self.params,
            clock=services().clock,
            policy=self.site.ports.policy,
            words=words,
            jira_url=self.site.jira_url,
        )
        return render_panel(view, **framing.around(words, self.params.theme))


def panel_drawing(asked: Mapping[str, str]) -> PanelDrawing:
    """Raises BadInput for what is no issue key."""
    given = checked("panel-params", asked, _PANEL_NAMES)
    params = PanelParams(IssueKey(given["issue"]), locale_of(given), given.get("theme", "auto"))
    site = current_site()
    panel = gather_panel(
        params,
        site=site.name,
        store=services().store,
        sight=visible_pages,
        tells_hidden=may_hear_of_hidden(),
    )
    return PanelDrawing(params, site, panel)


def byline_drawing(asked: Mapping[str, str]) -> ObjectiveDrawing:
    """
    How far the objectives of a page are, and what to fix there.

    Raises BadInput for what is no page id, NotFound for one that the caller may not read.
    """
    given = checked("macro-params", asked, _BYLINE_NAMES)
    page = PageId(given["page"])
    require_readable(page)
    site = current_site()
    return ObjectiveDrawing(
        params=MacroParams(page, None, locale_of(given), given.get("theme", "auto")),
        site=site,
        lists_issues=False,
        issue_sight=None,
        alignment=reader_alignment(site, page, mentioned_pages),
        render=render_byline,
    )
