"""Nobody learns through us what the wiki would not show them: routes × viewers × formats."""

import gzip
import json
from collections.abc import Callable, Collection, Iterator
from html import unescape
from io import StringIO

import pytest
from werkzeug.test import TestResponse

from connector.core.okr import PageId
from connector.core.viewer import Viewer, ViewerNotAccepted
from connector.log import configure_logging
from connector.web.assets import assets_release
from macros.registry import MACROS
from tests.fakes.rights import FakeRights
from tests.web.canaries import (
    CLOSED,
    INSIDER,
    ISSUE_CANARIES,
    NUMBER,
    OPEN,
    OUTSIDER,
    PAGE_CANARIES,
    Ask,
    Call,
    World,
    canaries,
    connect_viewer,
    forge_viewer,
    framed_viewer,
    holder_of_a_link,
    keeper,
    signed_in,
    stranger,
)

VARIANT, OTHER_VARIANT = 4096, 5813


def _macros() -> Iterator[Call]:
    """Every macro on both pages, with every parameter that could lead to the closed one."""
    leads = (
        "",
        f"&objective={CLOSED}-O1",
        "&level=team",
        "&cycle=2026-Q4",
        "&space=" + PAGE_CANARIES["space"].format(VARIANT),
        f"&page={CLOSED}",
        f"&key={CLOSED}-1",
    )
    for key in (*MACROS, "number", "tree"):
        for page in (OPEN, CLOSED):
            for lead in leads:
                yield Call("GET", f"/macros/{key}?page={page}{lead}", page=page)
            yield Call("GET", f"/macros/{key}?page={page}&locale=zh-CN", page=page)


def _exports() -> Iterator[Call]:
    for call in _macros():
        path, _, query = call.path.partition("?")
        if not path.endswith("/number"):
            yield Call("GET", f"{path}/static?{query}", page=call.page)


def _numbers() -> Iterator[Call]:
    for page in (OPEN, CLOSED):
        for key in (f"{CLOSED}-O1", f"{CLOSED}-1", f"{OPEN}-1"):
            yield Call("GET", f"/macros/number/static?page={page}&key={key}", page=page)


def _issues() -> list[str]:
    """The epic of the closed page, a hidden issue, and one that everybody knows."""
    return [
        PAGE_CANARIES["epic"].format(VARIANT),
        ISSUE_CANARIES["issue key"].format(VARIANT),
        "OPS-1",
    ]


def _forge(path: str) -> Iterator[Call]:
    for page in (OPEN, CLOSED):
        for body in (
            {},
            {"objective": f"{CLOSED}-O1"},
            {"page": CLOSED},
            {"page": CLOSED, "objective": f"{CLOSED}-O1"},
            {"macro": "okr-board"},
            {"macro": "okr-board", "level": "team"},
        ):
            yield Call("POST", path, body, page)


def _posts(path: str, *bodies: dict[str, str]) -> tuple[Call, ...]:
    return tuple(Call("POST", path, body, CLOSED) for body in bodies or ({"page": CLOSED},))


def _gets(*paths: str) -> tuple[Call, ...]:
    return tuple(Call("GET", path, page=CLOSED) for path in paths)


# A new route must be named here, with whatever could make it speak of the closed page.
CALLS: dict[str, tuple[Call, ...]] = {
    "macros.macro": tuple(_macros()),
    "macros.static": tuple(_exports()),
    "macros.number": tuple(_numbers()),
    "connect_pages.byline": _gets(*(f"/connect/byline?page={page}" for page in (CLOSED, OPEN))),
    "connect_pages.issue_panel": _gets(
        *(f"/connect/issue-panel?issue={issue}" for issue in _issues())
    ),
    "connect_pages.general_page": _gets("/okr", "/okr?level=team&cycle=2026-Q4"),
    "forge.panel": tuple(Call("POST", "/forge/panel", issue=issue) for issue in _issues()),
    "forge.macro": tuple(_forge("/forge/macro")),
    "forge.export": tuple(_forge("/forge/export")),
    "forge.confluence_event": _posts("/forge/events/confluence"),
    "forge.jira_event": _posts("/forge/events/jira"),
    "forge.schedule": _posts("/forge/schedule"),
    "forge.lifecycle": _posts("/forge/lifecycle"),
    "forge.uninstalled": _posts("/forge/uninstalled"),
    "api.objectives": _gets(
        "/api/v1/objectives",
        f"/api/v1/objectives?page={CLOSED}",
        "/api/v1/objectives?cycle=2026-Q4&limit=1",
    ),
    "api.objective": _gets(f"/api/v1/objectives/{CLOSED}-O1"),
    "api.key_result": _gets(f"/api/v1/key-results/{CLOSED}-1", f"/api/v1/key-results/{OPEN}-1"),
    "api.alignment": _gets(
        "/api/v1/alignment", "/api/v1/alignment?limit=1", "/api/v1/alignment?locale=zh-CN"
    ),
    "api.preview": _gets(f"/api/v1/preview?page={CLOSED}"),
    "api.openapi": _gets("/api/v1/openapi.json"),
    "preview.look": _gets("/preview", f"/preview?page={CLOSED}"),
    "preview.link": _posts("/preview/link"),
    "preview.unlink": _posts("/preview/unlink"),
    "preview.new": _gets("/preview/new"),
    "preview.template": _gets("/preview/template?kind=team"),
    "webhooks.jira": _posts("/webhooks/jira"),
    "webhooks.confluence": _posts("/webhooks/confluence"),
    "unsigned_webhooks.unsigned_jira": _posts("/webhooks/unsigned/jira/guess"),
    "connect_webhooks.jira_webhook": _posts("/connect/webhooks/jira"),
    "connect_webhooks.confluence_webhook": _posts("/connect/webhooks/confluence"),
    "connect_lifecycle.installed": _posts("/connect/installed"),
    "connect_lifecycle.uninstalled": _posts("/connect/uninstalled"),
    "connect_frames.frame": _posts("/connect/frame"),
    "connect_blueprints.context": _posts("/connect/blueprints/team-en/context"),
    "connect_templates.template": _gets("/connect/blueprints/team-en/template"),
    "descriptor.descriptor": _gets("/atlassian-connect.json"),
    "descriptor.descriptor_of_jira": _gets("/atlassian-connect-jira.json"),
    "descriptor.words_of_descriptors": _gets("/atlassian-connect/zh-CN.json"),
    "assets.asset": _gets(f"/assets/{assets_release()}/macro.css"),
    "configure.configure": _gets("/admin/configure"),
    "health.healthz": _gets("/healthz"),
    "health.readyz": _gets("/readyz"),
    "metrics.metrics": _gets("/metrics"),
    "signin.start": _gets("/signin/start"),
    "signin.callback": _gets("/signin/callback?code=x&state=y"),
    "signin.redeem": _posts("/signin/redeem"),
    "signin.out": _posts("/signin/out"),
}

OUTSIDE: dict[str, Callable[[World], Ask]] = {
    "stranger": stranger,
    "signed link of another page": holder_of_a_link,
    "Connect viewer": connect_viewer(OUTSIDER),
    "Connect viewer without a name": connect_viewer(""),
    "frame of a Connect viewer": framed_viewer(OUTSIDER),
    "frame without a name": framed_viewer(""),
    "Forge viewer": forge_viewer(OUTSIDER),
    "Forge viewer with a token": forge_viewer(OUTSIDER, lent=True),
    "Forge viewer without a name": forge_viewer(""),
    "Forge viewer with nothing but a token": forge_viewer("", lent=True),
    "signed in": signed_in(OUTSIDER),
}
INSIDE: dict[str, Callable[[World], Ask]] = {
    "Connect viewer": connect_viewer(INSIDER),
    "frame of a Connect viewer": framed_viewer(INSIDER),
    "Forge viewer": forge_viewer(INSIDER),
    "signed in": signed_in(INSIDER),
}


def everything(answer: TestResponse) -> str:
    """Status line, headers and body, as they would go over the wire."""
    assert answer.status_code < 500 or answer.status_code == 503, "a failure proves nothing"
    body = answer.get_data()
    if answer.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return f"{answer.status}\n{answer.headers}\n{body.decode(errors='replace')}"


def heard(ask: Ask, call: Call, watched: dict[str, str]) -> list[str]:
    """The canaries that sing in the answer and were not in the question."""
    text = everything(ask(call))
    return [name for name, one in watched.items() if one in text and one not in call.said]


def page_canaries() -> dict[str, str]:
    """With the numbers as both languages write them, and the page's own id."""
    number = int(NUMBER.format(VARIANT))
    return canaries(PAGE_CANARIES, VARIANT) | {
        "number": f"{number}",
        "number in words": f"{number:,}",
        "half of it": f"{number / 2:,}",
        "page id": CLOSED,
    }


def all_calls() -> list[Call]:
    return [call for calls in CALLS.values() for call in calls]


def test_every_route_is_crossed() -> None:
    """A new route is asked for the closed page here, or this fails."""
    known = {rule.endpoint for rule in World().app.url_map.iter_rules()}

    assert known == CALLS.keys()


@pytest.mark.parametrize("endpoint", CALLS)
def test_the_calls_reach_their_route(endpoint: str) -> None:
    """Otherwise nothing would be asked, and nothing told."""
    matcher = World().app.url_map.bind("localhost")
    for call in CALLS[endpoint]:
        assert matcher.match(call.path.partition("?")[0], method=call.method)[0] == endpoint


@pytest.mark.parametrize("viewer", OUTSIDE)
def test_no_canary_of_a_closed_page_sings_outside(viewer: str) -> None:
    """Not in HTML, JSON, exports, tags, headers, error answers, and not in the log."""
    world, log = World(VARIANT), StringIO()
    ask = OUTSIDE[viewer](world)
    configure_logging(level="DEBUG", stream=log)
    watched = page_canaries()

    found = {call.path: names for call in all_calls() if (names := heard(ask, call, watched))}

    del watched["page id"]  # which the caller said, and the keepers of the log may know
    assert found == {}
    assert [name for name, one in watched.items() if one in log.getvalue()] == []


@pytest.mark.parametrize("viewer", [*OUTSIDE, *(f"{name}, inside" for name in INSIDE)])
def test_no_canary_of_an_issue_sings_to_a_viewer(viewer: str) -> None:
    """Whether Jira would show the issue to them is not known, so it is counted and not listed."""
    world, log = World(VARIANT), StringIO()
    make = OUTSIDE.get(viewer) or INSIDE[viewer.removesuffix(", inside")]
    ask = make(world)
    configure_logging(level="DEBUG", stream=log)
    watched = canaries(ISSUE_CANARIES, VARIANT)

    found = {call.path: names for call in all_calls() if (names := heard(ask, call, watched))}

    assert found == {}
    assert [name for name, one in watched.items() if one in log.getvalue()] == []


@pytest.mark.parametrize("viewer", OUTSIDE)
def test_what_is_hidden_moves_nothing_that_a_viewer_gets(viewer: str) -> None:
    """Two worlds differ in all that stands on the closed page and its issues: every answer is the
    same, to the last header. Who asks beside an issue is left out, for they know it: the host has
    shown it to them."""
    calls = [call for call in all_calls() if not any(one in call.said for one in _issues()[:2])]
    answers = []
    for variant in (VARIANT, OTHER_VARIANT):
        ask = OUTSIDE[viewer](World(variant))
        answers.append([_comparable(ask(call)) for call in calls])

    assert answers[0] == answers[1]


def _comparable(answer: TestResponse) -> tuple[str, list[tuple[str, str]], bytes]:
    """Cookies and incidents are drawn by chance; nothing of a page is in them."""
    headers = [one for one in answer.headers if one[0] not in {"Set-Cookie", "Location"}]
    return answer.status, sorted(headers), answer.get_data()


@pytest.mark.parametrize("viewer", OUTSIDE)
def test_a_closed_page_answers_as_one_that_is_not_there(viewer: str) -> None:
    world = World(VARIANT)
    ask = OUTSIDE[viewer](world)
    closed = [
        call for call in CALLS["macros.macro"] + CALLS["macros.static"] if "board" not in call.path
    ]
    with_it = [_comparable(ask(call)) for call in closed]
    for place in [one for one in world.store.kept if one[1] == CLOSED]:
        del world.store.kept[place]

    assert [_comparable(ask(call)) for call in closed] == with_it


def test_the_keeper_hears_every_canary() -> None:
    """So they are there to be heard: what is silent above would sing if it leaked."""
    ask = keeper(World(VARIANT))
    watched = page_canaries() | canaries(ISSUE_CANARIES, VARIANT)
    sung = {name for call in all_calls() for name in heard(ask, call, watched)}

    assert watched.keys() - sung == {"number in words", "half of it", "account"} - sung


@pytest.mark.parametrize("viewer", INSIDE)
def test_whoever_may_read_the_page_is_shown_it(viewer: str) -> None:
    """In the objective macro, and on the board."""
    ask = INSIDE[viewer](World(VARIANT))
    title = canaries(PAGE_CANARIES, VARIANT)["objective"]
    shown = [call.path for call in all_calls() if title in everything(ask(call))]

    assert any("objective" in path or path == "/forge/macro" for path in shown)
    assert any("/macros/board" in path or path == "/forge/macro" for path in shown)


def test_an_issue_is_listed_for_those_whose_token_shows_it() -> None:
    """Everybody else gets the number; so do all while Jira does not say."""
    frame = Call("POST", "/forge/macro")
    summary = canaries(ISSUE_CANARIES, VARIANT)["issue summary"]
    world = World(VARIANT)

    assert summary in everything(forge_viewer(INSIDER, lent=True)(world)(frame))
    assert "Jira lists those that you may see" in everything(forge_viewer(INSIDER)(world)(frame))
    outside = everything(forge_viewer(OUTSIDER, lent=True)(world)(frame))
    assert "Jira lists those that you may see" in outside
    assert summary not in outside

    away = World(VARIANT)
    away.issue_rights.down = True
    found = everything(forge_viewer(INSIDER, lent=True)(away)(frame))
    assert "Answer in a day" in found
    assert summary not in found


def test_a_list_that_shrinks_has_another_tag() -> None:
    """What a viewer may no longer see leaves the frame at its next question."""
    world, frame = World(VARIANT), Call("POST", "/forge/macro")
    ask = forge_viewer(INSIDER, lent=True)
    before = json.loads(ask(world)(frame).get_data())["etag"]
    other = World(VARIANT)
    other.issue_rights.shown.clear()

    assert json.loads(ask(other)(frame).get_data())["etag"] != before


def remarks_of_the_open_page(ask: Ask, locale: str = "en") -> str:
    return unescape(everything(ask(Call("GET", f"/macros/objective?page={OPEN}&locale={locale}"))))


@pytest.mark.parametrize("viewer", ["Connect viewer", "signed in"])
def test_a_circle_over_a_closed_page_is_told_by_what_the_reader_may_see(viewer: str) -> None:
    """With its name inside, outside without; a dependency on it in the open page's own words."""
    title = World(VARIANT).closed_objective
    inside = remarks_of_the_open_page(INSIDE[viewer](World(VARIANT)))
    outside = remarks_of_the_open_page(OUTSIDE[viewer](World(VARIANT)))

    assert f"It supports itself in a circle: Be quick → {title} → Be quick" in inside
    assert "The other side has not confirmed: them" in inside
    hidden = "an objective you may not see"
    assert f"It supports itself in a circle: Be quick → {hidden} → Be quick" in outside
    assert "The other side has not confirmed: them" in outside
    assert "一个您无权查看的目标" in remarks_of_the_open_page(OUTSIDE[viewer](World()), "zh-CN")


@pytest.mark.parametrize("viewer", ["Connect viewer", "signed in"])
def test_that_somebody_copied_a_closed_page_is_told_inside_alone(viewer: str) -> None:
    """Else its words could be found out by writing something and looking what is remarked."""
    inside = remarks_of_the_open_page(INSIDE[viewer](World(VARIANT)))
    outside = remarks_of_the_open_page(OUTSIDE[viewer](World(VARIANT)))

    assert f"Copied from the parent: “{World(VARIANT).closed_objective}”" in inside
    assert "Copied from the parent" not in outside


def test_what_stands_in_exports_names_no_closed_page_for_anybody() -> None:
    """They leave the hands of those who may read it."""
    for viewer in INSIDE.values():
        ask = viewer(World(VARIANT))
        for call in CALLS["macros.static"] + CALLS["forge.export"]:
            if call.page == OPEN and "board" not in call.said and CLOSED not in call.said:
                assert World(VARIANT).closed_objective not in everything(ask(call))


def test_rights_that_nobody_knows_name_no_other_page() -> None:
    """The host answers for the page itself, and no more when it is asked about the other."""
    world = World(VARIANT)
    world.rights.silent_about = frozenset({CLOSED})

    told = remarks_of_the_open_page(connect_viewer(INSIDER)(world))

    assert "Be quick → an objective you may not see → Be quick" in told
    assert world.closed_objective not in told


def test_whoever_may_not_is_told_how_many_there_are() -> None:
    board = Call("GET", f"/macros/board?page={OPEN}")

    assert "1 not visible to you" in everything(connect_viewer(OUTSIDER)(World())(board))
    assert "not visible to you" not in everything(connect_viewer(INSIDER)(World())(board))

    nameless = everything(connect_viewer("")(World())(board))
    assert "Be quick" in nameless
    assert "not visible to you" not in nameless


def test_a_host_that_does_not_answer_shows_nothing_at_all() -> None:
    """Not even what the viewer saw a minute ago."""
    world = World(VARIANT)
    ask = connect_viewer(INSIDER)(world)
    world.rights.down = True
    watched = page_canaries()

    found = {call.path: names for call in all_calls() if (names := heard(ask, call, watched))}
    board = everything(ask(Call("GET", f"/macros/board?page={OPEN}")))

    assert found == {}
    assert "cannot be checked right now" in board
    assert "Be quick" not in board


class Spent(FakeRights):
    """A host that does not know the viewer's token any more."""

    def readable(self, viewer: Viewer, pages: Collection[PageId]) -> frozenset[PageId]:
        raise ViewerNotAccepted("not accepted")


@pytest.mark.parametrize(
    ("viewer", "status"),
    [(signed_in(INSIDER), 401), (forge_viewer(INSIDER, lent=True), 503)],
    ids=["signed in", "Forge"],
)
def test_a_spent_token_asks_to_sign_in_where_that_can_help(
    viewer: Callable[[World], Ask], status: int
) -> None:
    """To Forge 401 would say that its own token is wrong."""
    world = World(VARIANT)
    world.rights = Spent()
    ask = viewer(world)
    calls = [
        Call("GET", f"/macros/objective?page={OPEN}"),
        Call("GET", f"/macros/board?page={OPEN}"),
    ]
    if status == 503:
        calls = [Call("POST", "/forge/macro")]

    assert {ask(call).status_code for call in calls} == {status}


def test_answers_in_json_hold_no_canary_in_any_escape() -> None:
    """JSON may write a word in other letters; what it means is what is compared."""
    ask = forge_viewer(OUTSIDER)(World(VARIANT))
    watched = page_canaries()
    for call in (*CALLS["forge.macro"], *CALLS["forge.export"]):
        said = json.dumps(json.loads(ask(call).get_data()), ensure_ascii=False)
        assert [one for one in watched.values() if one in said and one not in call.said] == []
