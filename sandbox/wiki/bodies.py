"""A page's or a comment's text in the representations of the API, and as a client writes it."""

from flask import request

from sandbox import errors
from sandbox.guard import caller
from sandbox.site import current_site
from sandbox.wiki.adf.reading import document_text
from sandbox.wiki.adf.writing import NotADocument, storage_of
from sandbox.wiki.export import exported, styled
from sandbox.wiki.model import Page
from sandbox.wiki.render import rendered
from sandbox.wiki.rewriting import as_stored
from sandbox.wire import as_object

PRIMARY = ("storage", "atlas_doc_format")
SINGLE = (
    *PRIMARY,
    "view",
    "export_view",
    "anonymous_export_view",
    "styled_view",
    "editor",
)
# What an app's macro is asked for; of which kind Confluence takes the view of exports is not known.
EXPORT = "pdf"
DEEPEST_PARSED = "The page is nested too deeply for this representation"


def primary_asked() -> str | None:
    """The `body-format` of a list, which has the two primary ones; None when no body is asked."""
    return _asked(PRIMARY)


def single_asked() -> str | None:
    """The `body-format` of one page or comment."""
    return _asked(SINGLE)


def _asked(known: tuple[str, ...]) -> str | None:
    form = request.args.get("body-format")
    if form is not None and form not in known:
        raise errors.wiki_invalid(
            f"Provided value {{{form}}} for 'body-format' is not the correct type. "
            f"Expected type is one of {', '.join(known)}"
        )
    return form


def bodies_of(page: Page, form: str | None) -> dict[str, str]:
    """The text in one representation, by its name; nothing when none is asked."""
    if form is None:
        return {}
    try:
        return {form: _text(page, form)}
    except RecursionError as error:
        raise errors.wiki_invalid(DEEPEST_PARSED) from error


def _text(page: Page, form: str) -> str:
    """What the old editor would load differs little from storage format, and stands as it is."""
    site = current_site()
    match form:
        case "storage" | "editor" | "editor2":
            return page.body
        case "atlas_doc_format":
            return document_text(site, page, page.body)
        case "view":
            return str(rendered(page, site, caller()))
    reader = None if form == "anonymous_export_view" else caller()
    export = exported(rendered(page, site, reader, output=EXPORT), site.base)
    return styled(export, page.title) if form == "styled_view" else export


def body_given(body: object) -> str:
    """
    Storage format of a body in one of the published forms.

    `{representation, value}`, `{storage: {representation, value}}` and the same with
    `atlas_doc_format`, whose value is a document as JSON. Raises a 400.
    """
    given = as_object(body)
    named = next((name for name in PRIMARY if isinstance(given.get(name), dict)), None)
    given = as_object(given[named]) if named else given
    form = given.get("representation", named or "storage")
    value = given.get("value")
    if not isinstance(value, str):
        raise errors.wiki_invalid("Body value must be provided as text")
    if form == "storage":
        return as_stored(value)
    if form != "atlas_doc_format":
        raise errors.wiki_invalid(f"The representation '{form}' is not supported")
    try:
        return storage_of(value)
    except NotADocument as error:
        raise errors.wiki_invalid(f"Invalid atlas_doc_format: {error}") from error
