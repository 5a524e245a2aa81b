"""What only a sandbox has: meters, outages, registrations."""

from typing import Any

import pytest

from sandbox.site import Site
from sandbox.wiki.frames import frame_url, okr_macro_url
from tests.sandbox.conftest import Caller, json_of


def test_every_api_call_is_counted_by_its_route(bot: Caller) -> None:
    bot.get("/rest/api/3/issue/HBR-1")
    bot.get("/rest/api/3/issue/HBR-2")
    bot.get("/wiki/api/v2/pages/131073/properties/1")
    bot.get("/rest/api/3/unknown")
    bot.get("/jira/boards/HBR")

    assert json_of(bot.get("/_sandbox/meters")) == {
        "total": 4,
        "calls": {
            "GET /rest/api/3/issue/{issueIdOrKey}": 2,
            "GET /rest/api/3/unknown": 1,
            "GET /wiki/api/v2/pages/{page-id}/properties/{property-id}": 1,
        },
        "points": {
            "total": 6,
            "calls": {
                "GET /rest/api/3/issue/{issueIdOrKey}": 4,
                "GET /rest/api/3/unknown": 1,
                "GET /wiki/api/v2/pages/{page-id}/properties/{property-id}": 1,
            },
        },
        "refused": {},
    }
    bot.post("/_sandbox/reset", {})
    empty = {"total": 0, "calls": {}, "points": {"total": 0, "calls": {}}, "refused": {}}
    assert json_of(bot.get("/_sandbox/meters")) == empty


def test_a_product_can_be_taken_down(bot: Caller) -> None:
    bot.post("/_sandbox/faults", {"jira": "down"})
    assert bot.get("/rest/api/3/myself").status_code == 503
    assert bot.get("/wiki/api/v2/spaces").status_code == 200

    bot.post("/_sandbox/faults", {"jira": "up", "confluence": "down"})
    assert bot.get("/rest/api/3/myself").status_code == 200
    assert bot.get("/wiki/api/v2/spaces").status_code == 503


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("faults", {"jira": "broken"}),
        ("faults", {"bamboo": "down"}),
        ("faults", {"faults": [{"kind": "fire"}]}),
        ("faults", {"faults": [{"kind": "latency", "seconds": 61}]}),
        ("faults", {"faults": [{"kind": "latency", "colour": "red"}]}),
        ("faults", {"faults": [{"kind": "status", "status": 200}]}),
        ("faults", {"faults": {}, "jira": "down"}),
        ("faults", {"webhooks": {"lost": 2}}),
        ("limits", {"points": 0}),
        ("limits", {"points": 10, "scope": "world"}),
        ("limits", {"burst": {"GET": 0}}),
        ("limits", {"per_issue": 1}),
        ("limits", {"speed": 1}),
        ("clock", {"now": "soon"}),
        ("clock", {"advance": "1e400"}),
        ("clock", {"hour": 3}),
        ("webhooks", {"product": "jira", "url": "file:///etc/passwd"}),
        ("webhooks", {"product": "bamboo", "url": "http://127.0.0.1"}),
        ("macros", {"url": "http://127.0.0.1"}),
        ("macros", {"key": "x", "url": "javascript:alert(1)"}),
        ("macros", []),
    ],
)
def test_a_wrong_wish_is_refused(bot: Caller, path: str, body: Any) -> None:
    assert bot.post(f"/_sandbox/{path}", body).status_code == 400


def test_other_origins_cannot_press_the_buttons(bot: Caller, site: Site) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        for path in ("/_sandbox/reset", "/browse/HBR-29/transition"):
            answer = bot.client.post(path, headers=headers, data={"transition": "31"})
            assert answer.status_code == 403

    issue = site.issues.find("HBR-29")
    assert issue is not None
    assert issue.status.category.key == "new"


def test_a_frame_gets_the_parameters_that_are_present() -> None:
    template = okr_macro_url("http://127.0.0.1:9/")
    values = {"page.id": "7", "locale": "zh", "theme": "dark"}

    assert frame_url(template, values) == (
        "http://127.0.0.1:9/macros/objective?page=7&locale=zh&theme=dark"
    )
    assert "objective=O+1" in frame_url(template, values | {"objective": "O 1"})


def test_an_unexpected_error_is_no_traceback(
    bot: Caller, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> list[object]:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(site.issues, "projects", broken)

    answer = bot.get("/rest/api/3/project/search")

    assert answer.status_code == 500
    assert json_of(answer) == {"errorMessages": ["Internal server error"], "errors": {}}
