"""The preview page: what it shows, what it keeps to itself, and that only its own forms act."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from connector.catalogue import words
from connector.core.errors import (
    ConfigError,
    Forbidden,
    OkrError,
    Refused,
    Throttled,
    Unauthorized,
    Unavailable,
)
from connector.core.events import PropertyDue
from connector.core.okr import IssueKey, PageId, PageState
from connector.core.publishing import PropertyKey
from connector.ports import WikiPage
from connector.usecases.handle import handle
from connector.usecases.link_page import link_page
from connector.usecases.publish_page import Publishing, pages_due
from connector.usecases.sites import OneSite
from connector.web.app import create_app
from connector.web.forms import form_proof
from connector.web.services import WebServices
from tests.fakes.properties import FakeProperties
from tests.fakes.store import FakeStore
from tests.fakes.tracker import FakeTracker
from tests.fakes.wiki import FakeWiki
from tests.macros.tree import texts, tree, values
from tests.usecases.world import issue
from tests.web.conftest import BEARER, NOW, SITE, Caller

NEW = PageId("303")
BODY = """<h2>Objective: Customers pay without a second thought</h2><table><tbody>
<tr><th>Key Result</th><th>Owner</th><th>Baseline</th><th>Target</th><th>Due</th><th>Status</th>
<th>Epic</th></tr>
<tr><td>Checkout abandonment falls</td><td>Ada</td><td>40%</td><td>25%</td><td>2026-12-15</td>
<td>At risk</td><td>PAY-1</td></tr>
<tr><td></td><td>Bo</td><td></td><td>{long}</td><td></td><td></td><td></td></tr>
<tr><td>NPS rises from 20 to 40</td><td>Ada</td><td>20</td><td>40</td><td>soon</td>
<td></td><td></td></tr>
</tbody></table>"""
LONG = "the whole of what somebody wrote here " * 8


@pytest.fixture
def saved(wiki: FakeWiki) -> WikiPage:
    """A page that nobody labelled, with a row and a date that cannot be understood."""
    page = WikiPage(
        NEW,
        "Payments <OKRs>",
        "PAY",
        "https://wiki.example/wiki/spaces/PAY/pages/303",
        4,
        frozenset(),
        BODY.format(long=LONG),
        NOW - timedelta(days=1),
    )
    wiki.save(page)
    return page


@pytest.fixture
def tracker() -> FakeTracker:
    found = FakeTracker()
    found.put(issue(1, "new", level=1))
    for number, category in enumerate(("done", "done", "new"), start=2):
        found.put(issue(number, category, parent=IssueKey("PAY-1")))
    return found


@pytest.fixture
def client(caller: Caller, tracker: FakeTracker) -> FlaskClient:
    return caller(tracker=tracker)


def look(client: FlaskClient, page: str = NEW, query: str = "") -> TestResponse:
    return client.get(
        "/preview" + query, query_string=None if query else {"page": page}, headers=BEARER
    )


def fields(html: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that posts to this action."""
    (form,) = (one for one in tree(html).forms if str(one.action).split("?")[0].endswith(action))
    return {name: str(value) for name, value in form.form_values()}


def rows(html: str) -> list[list[str]]:
    found = tree(html).xpath("//table[contains(@class, 'own-results')]/tbody/tr")
    return [
        [" ".join(part.text_content().split()) for part in row.xpath("./th | ./td/div")]
        for row in found
    ]


def press(client: FlaskClient, action: str, data: dict[str, str], **headers: str) -> TestResponse:
    sent = BEARER | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"/preview/{action}", data=data, headers=sent)


def test_what_was_understood_stands_in_a_table(client: FlaskClient, saved: WikiPage) -> None:
    answer = look(client)

    assert answer.status_code == 200
    assert rows(answer.text) == [
        [
            "Checkout abandonment falls",
            "Ada",
            "40% → 25% (no value yet)",
            "December 15, 2026",
            "At risk",
            "PAY-1 Jira: 2 of 3 issues done2/3",
        ],
        ["NPS rises from 20 to 40", "Ada", "20 → 40 (no value yet)", "–", "–", "No linked work"],
    ]
    assert "Objectives: 1 · Key Results: 2 · rows not understood: 1" in answer.text


def test_what_was_not_is_there_in_full_with_its_place(client: FlaskClient, saved: WikiPage) -> None:
    page = tree(look(client).text)

    (table,) = page.xpath("//table[@aria-labelledby='not-understood']")
    found = [
        (row.xpath("string(./th)").strip(), row.xpath("string(./td[1]/div)").strip())
        for row in table.xpath("./tbody/tr")
    ]
    assert (
        f"Bo | {LONG.strip()}",
        'under "Objective: Customers pay without a second thought", table 1, row 3',
    ) in found
    assert [place for text, place in found if text == "soon"] == [
        'under "Objective: Customers pay without a second thought", table 1, row 4, column "Due"'
    ]
    told = [one.split()[-1] for one in texts(page, "p") if re.search(r" [FKOS]-\d\d$", one)]
    assert not {"F-06", "F-12"} & set(told)


def test_where_pages_take_properties_it_shows_them(
    services: WebServices, wiki: FakeWiki, saved: WikiPage
) -> None:
    """What a person reads before agreeing is what is sent afterwards."""
    properties = FakeProperties(wiki)
    publishing = Publishing(properties, writes=True, reads=True, badge=words("en"))
    site = services.sites.of(SITE)
    ports = replace(site.ports, publishing=publishing)
    sites = OneSite(replace(site, ports=ports))
    client = create_app(replace(services, sites=sites)).test_client()

    told = texts(tree(look(client).text), "li")
    assert properties.writes == []
    link_page(SITE, NEW, ports)
    for page in pages_due(SITE, store=ports.store, clock=ports.clock, policy=ports.policy):
        handle(PropertyDue(SITE, page, 1, NOW), ports)

    written = properties.kept[NEW, PropertyKey.BYLINE]
    said = json.dumps(written, ensure_ascii=False)
    before = f"At the page, beside its text: the content property okr-connector-byline = {said}"
    assert before in told
    assert any('property okrconnector = {"format": 1, "page": "303"' in one for one in told)
    assert "To the page, to Confluence and to Jira: nothing." not in told


def test_it_says_exactly_what_linking_writes(client: FlaskClient, saved: WikiPage) -> None:
    told = texts(tree(look(client).text), "li")

    assert "To the page, to Confluence and to Jira: nothing." in told
    assert (
        "To the database of this connector: that page 303 takes part, and what was read from it. "
        "Objectives: 1; Key Results: 2 (303-1, 303-2)." in told
    )
    assert "From then on it watches this Jira work: PAY-1." in told
    assert any("Only this database knows of the link" in one for one in told)


def test_looking_keeps_nothing(client: FlaskClient, saved: WikiPage, store: FakeStore) -> None:
    before = dict(store.kept)

    look(client)

    assert store.kept == before


def test_a_page_is_linked_seen_in_the_list_and_unlinked(
    client: FlaskClient, saved: WikiPage, store: FakeStore
) -> None:
    linked = press(client, "link", fields(look(client).text, "link"))

    kept = store.page(SITE, NEW)
    assert linked.status_code == 303
    assert kept is not None
    assert (kept.linked, kept.state) == (True, PageState.READ)
    assert [(one.done, one.total) for key, one in store.measured.items() if key[1] == "303-1"] == [
        (2, 3)
    ]

    assert "../preview?" in linked.location
    told = look(client, query="?" + urlsplit(linked.location).query)
    assert "Linked. The page takes part from now on" in told.text
    assert "A person linked this page" in told.text

    index = look(client, query="?locale=en")
    assert "Payments &lt;OKRs&gt;" in index.text
    unlinked = press(client, "unlink", fields(index.text, "unlink"))

    after = store.page(SITE, NEW)
    assert after is not None
    assert (after.linked, after.state) == (False, PageState.GONE)
    assert parse_qs(urlsplit(unlinked.location).query)["done"] == ["unlinked"]
    assert "None yet." in look(client, query="?locale=en").text


def test_linking_succeeds_while_jira_is_away(
    client: FlaskClient, saved: WikiPage, tracker: FakeTracker, store: FakeStore
) -> None:
    tracker.down = True
    page = look(client)

    answer = press(client, "link", fields(page.text, "link"))

    assert "Jira did not answer" in page.text
    assert "done=linked_uncounted" in answer.location
    kept = store.page(SITE, NEW)
    assert kept is not None
    assert kept.linked


@pytest.mark.parametrize("action", ["link", "unlink"])
def test_what_cannot_be_done_is_told_and_the_form_stays(
    client: FlaskClient, services: WebServices, action: str
) -> None:
    answer = press(client, action, {"page": NEW, "proof": form_proof(services, SITE, action, NEW)})

    assert answer.status_code == 404
    assert "No such page for us" in answer.text
    assert "WWW-Authenticate" not in answer.headers


def test_a_fault_of_ours_is_a_number_and_no_detail(caller: Caller) -> None:
    answer = look(caller(wiki=Failing(ConfigError("secret detail"))))

    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "http-equiv" not in answer.text


FOREIGN: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "no proof": ({"proof": ""}, {}),
    "a made-up proof": ({"proof": "é" * 64}, {}),
    "another page": ({"page": "101"}, {}),
    "a page of another site": ({}, {"Sec_Fetch_Site": "cross-site"}),
    "a page of another name of this site": ({}, {"Sec_Fetch_Site": "same-site"}),
}


@pytest.mark.parametrize(("changed", "headers"), FOREIGN.values(), ids=FOREIGN.keys())
def test_a_form_that_is_not_ours_does_nothing(
    client: FlaskClient,
    saved: WikiPage,
    store: FakeStore,
    changed: dict[str, str],
    headers: dict[str, str],
) -> None:
    before = dict(store.kept)
    sent = fields(look(client).text, "link") | changed

    answer = press(client, "link", sent, **headers)

    assert answer.status_code == 403
    assert answer.mimetype == "text/html"
    assert "This form is not ours" in answer.text
    assert store.kept == before


def test_the_proof_to_link_does_not_unlink(
    client: FlaskClient, saved: WikiPage, services: WebServices, store: FakeStore
) -> None:
    proof = form_proof(services, SITE, "link", NEW)
    press(client, "link", {"page": NEW, "proof": proof})

    assert press(client, "unlink", {"page": NEW, "proof": proof}).status_code == 403
    kept = store.page(SITE, NEW)
    assert kept is not None
    assert kept.linked


def test_without_a_token_proofs_end_with_the_process(services: WebServices) -> None:
    here = replace(services, api_token=None)
    again = replace(here, form_key=b"another")

    assert form_proof(here, SITE, "link", NEW) != form_proof(again, SITE, "link", NEW)
    assert form_proof(here, SITE, "link", NEW) != form_proof(here, SITE, "link", PageId("1"))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["", "?page=303", "/link", "/unlink", "/new", "/template"])
def test_a_stranger_gets_nothing(
    client: FlaskClient, saved: WikiPage, path: str, method: str
) -> None:
    answer = getattr(client, method)(f"/preview{path}")

    assert answer.status_code in (401, 405)
    assert "Payments" not in answer.text
    assert answer.mimetype == "text/html"
    assert "ETag" not in answer.headers


def test_hidden_and_missing_pages_get_the_same_answer(
    client: FlaskClient, saved: WikiPage, wiki: FakeWiki
) -> None:
    """The wiki tells us no difference, and the answer makes none, whatever was kept before."""
    press(client, "link", fields(look(client).text, "link"))
    wiki.trash(NEW)

    hidden, missing = look(client), look(client, page="999")

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.text.replace('value="303"', "").replace("page=303", "") == missing.text.replace(
        'value="999"', ""
    ).replace("page=999", "")
    assert "may not see it" in hidden.text


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("https://wiki.example/wiki/x/AQAB", "short link"),
        ("https://other.example/wiki/spaces/PAY/pages/303/x", "another site"),
        ("<script>alert(1)</script>", "neither the address nor the id"),
        ("https://wiki.example/wiki/spaces/PAY/overview", "address of a space"),
    ],
)
def test_an_address_that_means_no_page_is_told_and_kept_in_the_field(
    client: FlaskClient, address: str, hint: str
) -> None:
    answer = look(client, page=address)

    page = tree(answer.text)
    assert answer.status_code == 400
    assert hint in answer.text
    assert page.xpath("string(//input[@id='page']/@value)") == address
    assert page.xpath("string(//input[@id='page']/@aria-invalid)") == "true"
    assert page.xpath("//*[@role='alert']")
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "303",
        "https://wiki.example/wiki/spaces/PAY/pages/303/Payments",
        "https://wiki.example/pages/viewpage.action?pageId=303",
        "https://wiki.example/display/PAY/Payments+%3COKRs%3E",
    ],
)
def test_every_form_of_address_leads_to_the_page(
    client: FlaskClient, saved: WikiPage, address: str
) -> None:
    assert "Payments &lt;OKRs&gt;" in look(client, page=address).text


class Failing:
    """A wiki that answers everything with this error."""

    def __init__(self, error: OkrError) -> None:
        self._error = error

    def __getattr__(self, _name: str) -> Any:
        def fail(*_: object) -> object:
            raise self._error

        return fail


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (Unavailable("secret detail"), 503, "does not answer"),
        (Throttled(timedelta(seconds=41)), 503, "in 41 seconds"),
        (Unauthorized("secret detail"), 502, "refuses the connector"),
        (Forbidden("secret detail"), 502, "okr-connector doctor"),
        (Refused("secret detail"), 502, "said no"),
    ],
)
def test_a_site_that_gives_nothing_is_told_in_words(
    caller: Caller, error: OkrError, status: int, said: str
) -> None:
    answer = look(caller(wiki=Failing(error)))

    assert answer.status_code == status
    assert said in answer.text
    assert "secret detail" not in answer.text
    assert ("Retry-After" in answer.headers) == (status == 503)
    assert "WWW-Authenticate" not in answer.headers


def test_few_look_at_once_and_the_next_is_asked_to_wait(
    client: FlaskClient, saved: WikiPage, services: WebServices
) -> None:
    """Whoever waits for the site holds a thread; macros need the others."""
    while services.looks.acquire(blocking=False):
        pass
    busy = look(client)
    services.looks.release()

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    assert look(client).status_code == 200
    assert look(client).status_code == 200


def test_a_page_that_cannot_be_taken_says_where(
    client: FlaskClient, saved: WikiPage, wiki: FakeWiki
) -> None:
    wiki.save(replace(saved, body="<h2>Objective: Pay</h2><p>never closed"))

    answer = look(client)

    assert answer.status_code == 200
    assert "cannot be taken as it is" in answer.text
    assert "F-01" in answer.text


def test_an_empty_page_leads_to_a_template(
    client: FlaskClient, saved: WikiPage, wiki: FakeWiki
) -> None:
    wiki.save(replace(saved, body="<p>Minutes</p>"))

    answer = look(client)

    assert "No objective with key results was found" in answer.text
    assert "F-03" in answer.text


def test_the_address_alone_claims_nothing(client: FlaskClient, saved: WikiPage) -> None:
    assert "Linked. The page" not in look(client, query="?page=303&done=linked").text
    assert "Linked. The page" not in look(client, query="?done=linked").text


def test_an_unchanged_answer_is_not_sent_again(client: FlaskClient, saved: WikiPage) -> None:
    first = look(client)

    again = client.get(
        "/preview?page=303", headers=BEARER | {"If-None-Match": first.headers["ETag"]}
    )

    assert first.headers["Cache-Control"] == "no-cache, no-store"
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/preview", "/preview?page=303", "/preview/new?level=team"])
def test_pages_need_no_loose_policy_and_nobody_frames_them(
    client: FlaskClient, saved: WikiPage, path: str
) -> None:
    answer = client.get(path, headers=BEARER)

    policy = answer.headers["Content-Security-Policy"].split("; ")
    page = tree(answer.text)
    assert {"form-action 'self'", "frame-ancestors 'none'", "script-src 'self'"} <= set(policy)
    assert "unsafe" not in "".join(policy)
    assert texts(page, "style") == []
    assert texts(page, "script") == [""]
    assert not [name for one in page.iter() for name in one.attrib if str(name).startswith("on")]
    assert values(page, "style") == []


HERE = "http://localhost"


@pytest.mark.parametrize("path", ["", "?page=303", "/new", "/nowhere", "/new/nowhere"])
def test_every_file_and_page_that_a_page_names_is_there(
    client: FlaskClient, saved: WikiPage, path: str
) -> None:
    """Addresses are relative, so that they hold below any path; problems are pages too."""
    page = tree(client.get(f"/preview{path}", headers=BEARER).text)
    page.make_links_absolute(f"{HERE}/preview{path}")
    named = {url for url in values(page, "href", "src") if url.startswith(HERE)} - {
        f"{HERE}/preview{path}?locale=zh-CN"
    }

    answers = {url: client.get(url.removeprefix(HERE), headers=BEARER) for url in named}

    assert [url for url in named if "/assets/" in url]
    assert {answer.status_code for answer in answers.values()} == {200}


@pytest.mark.parametrize("path", ["", "?page=303"])
def test_every_form_leads_to_a_route(client: FlaskClient, saved: WikiPage, path: str) -> None:
    press(client, "link", fields(look(client).text, "link"))
    page = tree(client.get(f"/preview{path}", headers=BEARER).text)
    page.make_links_absolute(f"{HERE}/preview{path}")

    forms = [(str(one.method).lower(), str(one.action).removeprefix(HERE)) for one in page.forms]
    answers = [getattr(client, way)(url, headers=BEARER).status_code for way, url in forms]

    assert len(forms) >= 2
    assert set(answers) <= {200, 403}


@pytest.mark.parametrize(
    ("query", "accepted", "language", "word"),
    [
        ("", "", "en", "What was understood"),
        ("&locale=zh-CN", "", "zh-CN", "读懂的内容"),
        ("", "zh", "zh-CN", "读懂的内容"),
    ],
)
def test_it_speaks_the_language_of_the_reader(
    client: FlaskClient, saved: WikiPage, query: str, accepted: str, language: str, word: str
) -> None:
    answer = client.get(f"/preview?page=303{query}", headers=BEARER | {"Accept-Language": accepted})

    assert answer.headers["Content-Language"] == language
    assert f'lang="{language}"' in answer.text
    assert word in answer.text


def test_a_chosen_language_and_theme_stay(client: FlaskClient, saved: WikiPage) -> None:
    page = look(client, query="?page=303&locale=zh-CN&theme=dark").text

    assert 'data-color-mode="dark"' in page
    answer = client.post(
        "/preview/link?locale=zh-CN&theme=dark", data=fields(page, "link"), headers=BEARER
    )
    assert {"locale=zh-CN", "theme=dark"} <= set(urlsplit(answer.location).query.split("&"))


@pytest.mark.parametrize("level", ["company", "department", "team", "individual", "galaxy", ""])
def test_a_template_is_shown_and_can_be_taken_along(client: FlaskClient, level: str) -> None:
    shown = client.get(f"/preview/new?level={level}&cycle=2027-Q1&locale=zh-CN", headers=BEARER)
    file = client.get(f"/preview/template?level={level}&cycle=2027-Q1&locale=zh-CN", headers=BEARER)

    assert (shown.status_code, file.status_code) == (200, 200)
    assert "2027-Q1" in shown.text
    assert file.text.count("<ac:structured-macro") == 1
    assert "attachment" in file.headers["Content-Disposition"]
    assert file.text in shown.text.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"')


def test_a_cycle_that_is_none_is_told(client: FlaskClient) -> None:
    shown = client.get("/preview/new?cycle=<b>", headers=BEARER)

    assert shown.status_code == 400
    assert "“&lt;b&gt;” is not a cycle" in shown.text
    assert client.get("/preview/template?cycle=<b>", headers=BEARER).status_code == 400


def test_findings_teach_with_an_example_and_cost_points(
    client: FlaskClient, saved: WikiPage, wiki: FakeWiki
) -> None:
    vague = BODY.replace("Checkout abandonment falls", "Improve the checkout").format(long="")
    wiki.save(replace(saved, body=vague.replace("40%", "").replace("25%", "")))

    answer = look(client)

    page = tree(answer.text)
    graded = page.xpath("//h3[starts-with(@id, 'findings-')]/@id")
    assert graded == sorted(graded, key=["findings-E", "findings-W", "findings-I"].index)
    (finding,) = page.xpath("//li[contains(@class, 'own-finding')][.//span[text()='K-03']]")
    assert "Improve the checkout" in finding.text_content()
    assert [one for one in finding.xpath("./details//q/text()") if one]
    score = page.xpath("string(//p[@class='own-score'])").strip()
    found = re.fullmatch(r"How well it is worded: (\d+) of 100", score)
    assert found
    assert int(found[1]) < 100
    assert any("points: K-03 " in one and "(once)" in one for one in texts(page, "li"))


def test_findings_hide_no_okr(client: FlaskClient, saved: WikiPage) -> None:
    """Lint coaches: what is blamed is shown, and can be linked, all the same."""
    page = look(client).text

    assert len(rows(page)) == 2
    assert fields(page, "link")["page"] == NEW


@pytest.mark.parametrize("path", ["/preview?page=303", "/api/v1/preview?page=303"])
@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [
        ("cross-site", "no-cors", 403),
        ("cross-site", "cors", 403),
        ("same-site", "no-cors", 403),
        ("cross-site", "navigate", 200),
        ("same-origin", "cors", 200),
        ("none", "navigate", 200),
    ],
)
def test_pages_of_other_sites_cannot_make_us_ask(
    client: FlaskClient,
    saved: WikiPage,
    wiki: FakeWiki,
    path: str,
    site: str,
    mode: str,
    status: int,
) -> None:
    """An image or a fetch on a stranger's page could not read the answer, but would cost calls."""
    asked = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}

    answer = client.get(path, headers=BEARER | asked)

    assert answer.status_code == status
    assert bool(wiki.reads) == (status == 200)
