"""The number of one objective or key result, as storage format within a paragraph."""

from collections.abc import Mapping

from connector.core.errors import NotFound
from connector.core.okr import PageId
from connector.usecases.render_macro import MacroParams, show_objectives
from connector.web.auth import current_site
from connector.web.drawings import checked, locale_of
from connector.web.services import services
from connector.web.sight import require_readable
from macros.objective.number import number_inline
from macros.objective.view import ObjectivesView
from macros.storage import inline_storage

NUMBER = "number"
_NAMES = ("page", "key", "locale")


def number_storage(asked: Mapping[str, str]) -> str:
    """
    Of the page that the key names, which need not be the one where the number stands.

    Raises BadInput for a key that none of ours can be, and Unavailable while nobody knows what
    the caller may read.
    """
    given = checked("number-params", asked, _NAMES)
    key, locale = given["key"], locale_of(given)
    words = services().words(locale)
    page = PageId(key.rpartition("-")[0])
    return inline_storage(number_inline(_view(page, locale), key, words))


def _view(page: PageId, locale: str) -> ObjectivesView:
    """A page that the caller may not read looks like one that is not there."""
    here, site = services(), current_site()
    try:
        require_readable(page)
    except NotFound:
        page = PageId("")
    return show_objectives(
        MacroParams(page, None, locale, "auto"),
        site=site.name,
        store=here.store,
        clock=here.clock,
        policy=site.ports.policy,
        words=here.words(locale),
        lists_issues=False,
    )
