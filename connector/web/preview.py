"""Where authors see what is read from a page before anything is kept, link it, and begin one."""

from hashlib import sha256
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from connector.core.cycle import Cycle, current_quarter, cycle_of
from connector.core.errors import (
    BadInput,
    Forbidden,
    NotFound,
    OkrError,
    Refused,
    Throttled,
    Unauthorized,
    Unavailable,
)
from connector.core.okr import Level, PageId
from connector.core.page_address import NoPageMeant
from connector.core.words import Words
from connector.pages.templates import PageTemplate, page_template
from connector.usecases.link_page import link_page, linked_pages, unlink_page
from connector.usecases.preview_page import Preview
from connector.web.assets import assets_prefix, root_from
from connector.web.auth import TOKEN_OR_LOOPBACK, current_site, principal
from connector.web.forms import ForeignForm, form_proof, require_own_form
from connector.web.language import words_for
from connector.web.looking import BUSY_FOR, Busy, look_at, one_of_few
from connector.web.preview_build import lens_of, linked_line, page_preview
from connector.web.preview_view import LinkedLine, PagePreview, Problem
from connector.web.services import WebServices, services
from macros.objective.lens import Lens
from macros.svg import icon

bp = Blueprint("preview", __name__, url_prefix="/preview")
bp.before_request(TOKEN_OR_LOOPBACK)

LINK, UNLINK = "link", "unlink"
_DONE = ("linked", "linked_uncounted", "unlinked")
# What the site refuses us is no fault of the caller, who has proved the right to ask us.
_STATUS: dict[type[OkrError], int] = {
    NoPageMeant: 400,
    NotFound: 404,
    Unauthorized: 502,
    Forbidden: 502,
    Refused: 502,
    Throttled: 503,
    Unavailable: 503,
}


@bp.get("")
def look() -> ResponseReturnValue:
    """The form; with `page`, what is understood of that page; without, the linked ones."""
    here, words = services(), words_for(request, services())
    text = request.args.get("page", "").strip()
    if not text:
        return _shown(words, linked=_linked_lines(here, words))
    try:
        found = look_at(text, here)
    except ForeignForm:
        raise
    except OkrError as error:
        return _failed(error, words, text)
    view = page_preview(found, _lens(here, words), proof=_proof_for(found, here))
    return _shown(words, text=text, view=view)


@bp.post("/link")
def link() -> ResponseReturnValue:
    here, words, page = services(), words_for(request, services()), _posted_page()
    require_own_form(request, here, site=principal().site, action=LINK, page=page)
    try:
        with one_of_few(here):
            done = link_page(principal().site, page, current_site().ports)
    except OkrError as error:
        return _failed(error, words, page)
    return _back(page, "linked" if done.measured else "linked_uncounted", words)


@bp.post("/unlink")
def unlink() -> ResponseReturnValue:
    here, words, page = services(), words_for(request, services()), _posted_page()
    require_own_form(request, here, site=principal().site, action=UNLINK, page=page)
    try:
        with one_of_few(here):
            unlink_page(principal().site, page, current_site().ports)
    except OkrError as error:
        return _failed(error, words, page)
    from_list = request.form.get("back") == "list"
    return _back(PageId("") if from_list else page, "unlinked", words)


@bp.get("/new")
def new() -> ResponseReturnValue:
    """A page to begin with, to be copied by a person."""
    words = words_for(request, services())
    level, code = _level(), request.args.get("cycle", "").strip()
    try:
        made = _template(level, code, words)
    except BadInput:
        problem = Problem(words.say("preview.templates.bad_cycle", cycle=code[:40]), "")
        return _shown(words, status=400, problem=problem, linked=_linked_lines(services(), words))
    return _page("new_page.html", words, made=made, level=level, cycle=code or _this_quarter().code)


@bp.get("/template")
def template() -> ResponseReturnValue:
    """The same page in storage format, as a file. Raises BadInput for a cycle that is none."""
    words = words_for(request, services())
    level, code = _level(), request.args.get("cycle", "").strip()
    made = _template(level, code, words)
    response = Response(made.storage, content_type="text/plain; charset=utf-8")
    name = f"okr-{level}-{code or _this_quarter().code}-{words.locale}.xhtml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Language"] = words.locale
    return response


def _posted_page() -> PageId:
    return PageId(request.form.get("page", ""))


def _proof_for(found: Preview, here: WebServices) -> str:
    return form_proof(here, principal().site, UNLINK if found.linked else LINK, found.page.page)


def _linked_lines(here: WebServices, words: Words) -> tuple[LinkedLine, ...]:
    lens = _lens(here, words)
    return tuple(
        linked_line(one, lens, proof=form_proof(here, principal().site, UNLINK, one.page))
        for one in linked_pages(principal().site, store=here.store)
    )


def _lens(here: WebServices, words: Words) -> Lens:
    return lens_of(words, here.policy, here.clock.now(), current_site().jira_url)


def _back(page: PageId, done: str, words: Words) -> ResponseReturnValue:
    """To a page that may be loaded again without doing it twice."""
    query = {"page": page, "done": done, **_kept(words)}
    return redirect(f"../preview?{urlencode(query)}", code=303)


def _failed(error: OkrError, words: Words, text: str) -> Response:
    """The form with what went wrong, where a person can do something about it; else raises."""
    kinds = [kind for kind in _STATUS if isinstance(error, kind)]
    if not kinds:
        raise error
    problem = _problem(error, words)
    response = _shown(words, status=_STATUS[kinds[0]], text=text, problem=problem)
    if response.status_code == 503:
        response.headers["Retry-After"] = f"{_pause(error)}"
    return response


def _problem(error: OkrError, words: Words) -> Problem:
    if isinstance(error, NoPageMeant):
        return Problem(words.say(f"preview.address.{error.reason}"), "")
    known = f"preview.problem.{error.code}.title" in words.messages
    code = error.code if known else "refused" if isinstance(error, Refused) else "other"
    return Problem(
        words.say(f"preview.problem.{code}.title"),
        words.say(f"preview.problem.{code}.detail", seconds=str(_pause(error))),
    )


def _pause(error: OkrError) -> int:
    if isinstance(error, Throttled):
        return max(1, round(error.retry_after.total_seconds()))
    return BUSY_FOR if isinstance(error, Busy) else 60


def _level() -> Level:
    given = request.args.get("level", "").strip()
    return Level(given) if given in set(Level) else Level.TEAM


def _template(level: Level, code: str, words: Words) -> PageTemplate:
    try:
        cycle = cycle_of(code, fiscal_year_start_month=_fiscal()) if code else _this_quarter()
    except ValueError as error:
        raise BadInput("cycle is a code such as 2026-Q4") from error
    return page_template(level, cycle, words)


def _this_quarter() -> Cycle:
    today = services().policy.today(services().clock.now())
    return current_quarter(today, fiscal_year_start_month=_fiscal())


def _fiscal() -> int:
    return services().policy.fiscal_year_start_month


def _kept(words: Words) -> dict[str, str]:
    """What a reader chose in the address, and goes on having."""
    chosen = {"locale": words.locale if request.args.get("locale") else "", "theme": _theme()}
    return {name: value for name, value in chosen.items() if value not in ("", "auto")}


def _theme() -> str:
    theme = request.args.get("theme", "")
    return theme if theme in ("light", "dark") else "auto"


def _shown(
    words: Words,
    *,
    status: int = 200,
    text: str = "",
    view: PagePreview | None = None,
    problem: Problem | None = None,
    linked: tuple[LinkedLine, ...] | None = None,
) -> Response:
    return _page(
        "preview.html",
        words,
        status=status,
        text=text,
        view=view,
        problem=problem,
        linked=linked,
        done=_done(view),
        label=services().policy.labels[0],
        levels=[one.value for one in Level],
        cycle=_this_quarter().code,
    )


def _done(view: PagePreview | None) -> str:
    """What was just done, if it is so: an address alone can claim nothing."""
    done = request.args.get("done", "")
    if done not in _DONE or (view is not None and view.linked != done.startswith("linked")):
        return ""
    return "" if view is None and done != "unlinked" else done


def _page(name: str, words: Words, *, status: int = 200, **facts: object) -> Response:
    def say(key: str, **told: str) -> str:
        return words.say(f"preview.{key}", **told)

    kept = _kept(words)
    other = "en" if words.locale == "zh-CN" else "zh-CN"
    page = request.args.get("page", "")
    html = render_template(
        name,
        say=say,
        lang=words.locale,
        other=other,
        other_query=urlencode({**request.args.to_dict(), "locale": other}),
        theme=_theme(),
        kept=kept,
        kept_query=f"?{urlencode(kept)}" if kept else "",
        root=root_from(request.path),
        assets=assets_prefix(request.path),
        icon=icon,
        asked=page,
        **facts,
    )
    return _tagged(Response(html, status, mimetype="text/html"), words)


def _tagged(response: Response, words: Words) -> Response:
    """With the digest as its tag: a caller who has this very answer gets 304."""
    response.headers["Content-Language"] = words.locale
    if response.status_code == 200:
        response.set_etag(sha256(response.get_data()).hexdigest()[:32])
        response.make_conditional(request)
    return response
