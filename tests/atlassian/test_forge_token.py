"""Invocation tokens of Forge: what they tell, and what they may not."""

from copy import deepcopy
from typing import Any

import pytest

from connector.atlassian.bad_proof import Reason
from connector.atlassian.forge_claims import Invocation
from connector.atlassian.forge_token import verify_invocation
from tests.atlassian.tokens import (
    ACCOUNT,
    APP_ARI,
    CLOUD,
    KID,
    NOW,
    Case,
    Json,
    Keys,
    forge_case,
    public_key,
    refusal,
    still,
)

CASE = forge_case()
API = "https://api.atlassian.com/ex"
UUID = APP_ARI.rpartition("/")[2]


def changed(path: str, value: object) -> Json:
    """The good claims, with another value at `a.b.c`; `None` in a list is by number."""
    claims = deepcopy(CASE.claims)
    *outer, last = path.split(".")
    at: Any = claims
    for name in outer:
        at = at[int(name)] if name.isdigit() else at[name]
    at[last] = value
    return claims


def without(path: str) -> Json:
    claims = deepcopy(CASE.claims)
    *outer, last = path.split(".")
    at: Any = claims
    for name in outer:
        at = at[int(name)] if name.isdigit() else at[name]
    del at[last]
    return claims


def told(claims: Json) -> Invocation:
    case = Case(CASE.name, CASE.header, claims, CASE.sign, CASE.verify)
    found = case.verify(case.token())
    assert isinstance(found, Invocation)
    return found


def refused(claims: Json) -> Reason | None:
    case = Case(CASE.name, CASE.header, claims, CASE.sign, CASE.verify)
    return refusal(case.verify, case.token())


def test_a_macro_tells_who_looks_and_where() -> None:
    assert told(CASE.claims) == Invocation(
        installation="ari:cloud:ecosystem::installation/78738015-0fed-45bb-857b-000000000001",
        cloud_id=CLOUD,
        api_base_urls={"confluence": f"{API}/confluence/{CLOUD}", "jira": f"{API}/jira/{CLOUD}"},
        module_type="xen:macro",
        module_key="okr-objective",
        jti="c900303226dd9b698199667c9c7c2b91d7cef2ff",
        issued=NOW,
        ends=NOW + 25,
        site_url="https://harbour.atlassian.net",
        account=ACCOUNT,
        page="584318979",
        space="OKR",
        issue=None,
        local_id="4654fa12-4c7c-4792-95a9-6019edb27953",
        config={"objective": "Ship the harbour", "size": "3", "compact": "true"},
        environment="PRODUCTION",
        app_version="2.1.0",
        ic_label=None,
    )


def event_claims() -> Json:
    """As an event's token was seen: no site, no user, the cloud id in the context."""
    claims = without("principal")
    module = {"type": "core:trigger", "key": "page-events"}
    claims["app"]["module"] = module
    claims["context"] = {
        "cloudId": CLOUD,
        "moduleKey": "page-events",
        "userAccess": {"enabled": False},
    }
    return claims


def test_an_event_has_no_viewer_and_no_page() -> None:
    found = told(event_claims())

    assert (found.module_type, found.module_key) == ("core:trigger", "page-events")
    assert (found.account, found.page, found.site_url, found.config) == (None, None, None, {})
    assert found.cloud_id == CLOUD


def test_without_a_context_the_addresses_name_the_site() -> None:
    claims = event_claims()
    del claims["context"]
    del claims["app"]["installation"]["contexts"][0]["cloudId"]

    assert told(claims).cloud_id == CLOUD


def test_an_issue_panel_tells_the_issue() -> None:
    panel = {"type": "jira:issuePanel", "issue": {"key": "HBR-1", "id": "10000"}}

    found = told(changed("context.extension", panel))

    assert (found.issue, found.page, found.space) == ("HBR-1", None, None)


@pytest.mark.parametrize("nobody", ["unidentified", None])
def test_somebody_not_signed_in_has_no_account(nobody: str | None) -> None:
    assert told(changed("principal", nobody)).account is None


@pytest.mark.parametrize(
    ("main", "product"),
    [(f"{API}/confluence/{CLOUD}", "confluence"), (f"{API}/jira/{CLOUD}", "jira")],
)
def test_older_tokens_name_one_address(main: str, product: str) -> None:
    claims = changed("app.apiBaseUrl", main)
    del claims["app"]["installation"]

    found = told(claims)

    assert found.api_base_urls == {product: main}
    assert found.api_base_url(product) == main
    assert found.api_base_url("bitbucket") is None


@pytest.mark.parametrize(
    ("config", "plain"),
    [
        pytest.param({"a": "x"}, {"a": "x"}, id="a text"),
        pytest.param({"a": "目标 “é”"}, {"a": "目标 “é”"}, id="any letters"),
        pytest.param({"a": 1, "b": 1.5}, {"a": "1", "b": "1.5"}, id="numbers"),
        pytest.param({"a": True, "b": False}, {"a": "true", "b": "false"}, id="yes and no"),
        pytest.param({"a": None, "b": ["x"], "c": {"d": 1}}, {}, id="no scalars"),
        pytest.param({"a": "x\0", "b\0": "x"}, {}, id="what no database holds"),
        pytest.param({"a": "\ud800", "\udfff": "x"}, {}, id="lone surrogates"),
        pytest.param({"a": "x" * 8001}, {}, id="too long"),
        pytest.param(
            {str(n): "x" for n in range(200)}, {str(n): "x" for n in range(100)}, id="many"
        ),
        pytest.param({}, {}, id="nothing"),
        pytest.param(None, {}, id="null"),
    ],
)
def test_what_the_author_set_are_texts(config: object, plain: dict[str, str]) -> None:
    assert told(changed("context.extension.config", config)).config == plain


@pytest.mark.parametrize(
    ("content", "page"),
    [
        ("12", "12"),
        (12, "12"),
        ("", None),
        ("draft", None),
        ("１２", None),
        (True, None),
        (None, None),
    ],
)
def test_a_page_has_a_number(content: object, page: str | None) -> None:
    assert told(changed("context.extension.content.id", content)).page == page


@pytest.mark.parametrize("app_id", [APP_ARI, UUID])
def test_our_app_id_may_have_its_prefix(app_id: str) -> None:
    keys = Keys(**{KID: public_key("forge")})

    assert verify_invocation(CASE.token(), app_id=app_id, keys=keys, now=still).cloud_id == CLOUD


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        pytest.param(changed("iss", "forge/other"), Reason.ISSUER, id="issuer"),
        pytest.param(changed("iss", None), Reason.ISSUER, id="issuer null"),
        pytest.param(changed("iss", ["forge/invocation-token"]), Reason.ISSUER, id="issuer a list"),
        pytest.param(without("iss"), Reason.ISSUER, id="no issuer"),
        pytest.param(without("aud"), Reason.AUDIENCE, id="no audience"),
        pytest.param(changed("aud", UUID), Reason.AUDIENCE, id="audience without prefix"),
        pytest.param(changed("aud", APP_ARI + "x"), Reason.AUDIENCE, id="audience longer"),
        pytest.param(changed("aud", APP_ARI.upper()), Reason.AUDIENCE, id="audience in capitals"),
        pytest.param(changed("aud", ""), Reason.AUDIENCE, id="audience empty"),
        pytest.param(changed("aud", None), Reason.AUDIENCE, id="audience null"),
        pytest.param(changed("aud", [APP_ARI, "x"]), Reason.AUDIENCE, id="audience of several"),
        pytest.param(changed("aud", {"x": APP_ARI}), Reason.AUDIENCE, id="audience an object"),
        pytest.param(changed("app.id", APP_ARI + "x"), Reason.AUDIENCE, id="another app within"),
        pytest.param(without("nbf"), Reason.CLAIMS, id="no nbf"),
        pytest.param(without("jti"), Reason.CLAIMS, id="no jti"),
        pytest.param(changed("jti", 5), Reason.CLAIMS, id="jti a number"),
        pytest.param(changed("jti", ""), Reason.CLAIMS, id="jti empty"),
        pytest.param(without("app"), Reason.CLAIMS, id="no app"),
        pytest.param(changed("app", "x"), Reason.CLAIMS, id="app a text"),
        pytest.param(changed("app", []), Reason.CLAIMS, id="app a list"),
        pytest.param(changed("context", []), Reason.CLAIMS, id="context a list"),
        pytest.param(changed("context.extension", "x"), Reason.CLAIMS, id="extension a text"),
        pytest.param(changed("context.extension.config", "x"), Reason.CLAIMS, id="config a text"),
        pytest.param(changed("principal", 5), Reason.CLAIMS, id="account a number"),
        pytest.param(changed("principal", "x y"), Reason.CLAIMS, id="account with a blank"),
        pytest.param(changed("principal", ""), Reason.CLAIMS, id="account empty"),
        pytest.param(changed("app.installationId", "other"), Reason.CLAIMS, id="two installations"),
        pytest.param(changed("app.installationId", 1), Reason.CLAIMS, id="installation a number"),
        pytest.param(changed("context.cloudId", "x"), Reason.CLAIMS, id="another site within"),
        pytest.param(changed("context.cloudId", "../x"), Reason.CLAIMS, id="site a path"),
        pytest.param(
            changed("app.installation.contexts.0.cloudId", "x"), Reason.CLAIMS, id="two sites"
        ),
        pytest.param(
            changed("app.installation.contexts.1.apiBaseUrl", f"{API}/jira/x"),
            Reason.CLAIMS,
            id="products of two sites",
        ),
        pytest.param(changed("app.installation.contexts", {}), Reason.CLAIMS, id="no list"),
        pytest.param(
            changed("app.installation.contexts", ["x"]), Reason.CLAIMS, id="list of texts"
        ),
        pytest.param(
            changed("app.installation.contexts.0.name", "a/b"), Reason.CLAIMS, id="product a path"
        ),
        pytest.param(changed("icLabel", "a.example.com/"), Reason.CLAIMS, id="label a host"),
        pytest.param(changed("icLabel", "A"), Reason.CLAIMS, id="label in capitals"),
        pytest.param(changed("icLabel", "x" * 51), Reason.CLAIMS, id="label too long"),
        pytest.param(changed("icLabel", 1), Reason.CLAIMS, id="label a number"),
    ],
)
def test_claims_that_are_wrong(claims: Json, reason: Reason) -> None:
    assert refused(claims) == reason


def test_an_isolated_cloud_names_itself() -> None:
    assert told(changed("icLabel", "ic-1_a")).ic_label == "ic-1_a"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example.com/ex/confluence/1",
        "https://api.atlassian.com.evil.example.com/ex/1",
        "https://api.atlassian.com@evil.example.com/ex/1",
        "https://api.atlassian.com:8443/ex/1",
        "https://api.atlassian.com\\@evil.example.com",
        "http://api.atlassian.com/ex/confluence/1",
        "//api.atlassian.com/ex/1",
        "https://API.atlassian.com/ex/1",
        "https://api.atlassian.com/ex/../../admin",
        "https://api.atlassian.com/ex/%2e%2e/admin",
        "https://api.atlassian.com/ex/1?to=evil",
        "https://api.atlassian.com/ex/1#evil",
        "https://api.atlassian.com//evil.example.com",
        "https://127.0.0.1/ex/1",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "gopher://api.atlassian.com/1",
    ],
)
@pytest.mark.parametrize("where", ["app.apiBaseUrl", "app.installation.contexts.1.apiBaseUrl"])
def test_no_token_sends_us_elsewhere(where: str, address: str) -> None:
    assert refused(changed(where, address)) == Reason.ADDRESS


@pytest.mark.parametrize("address", [None, 5, "", "https://api.atlassian.com/\n", [API]])
def test_an_address_is_a_text(address: object) -> None:
    assert refused(changed("app.apiBaseUrl", address)) == Reason.CLAIMS


def test_other_origins_only_when_they_are_set() -> None:
    claims = changed("app.apiBaseUrl", f"http://127.0.0.1:8099/ex/confluence/{CLOUD}")
    claims["context"]["siteUrl"] = "http://127.0.0.1:8099"
    del claims["app"]["installation"]
    case = Case(CASE.name, CASE.header, claims, CASE.sign, CASE.verify)

    found = verify_invocation(
        case.token(),
        app_id=UUID,
        keys=Keys(**{KID: public_key("forge")}),
        api_origins=("http://127.0.0.1:8099/",),
        now=still,
    )

    assert found.site_url == "http://127.0.0.1:8099"
    assert refusal(case.verify, case.token()) == Reason.ADDRESS


@pytest.mark.parametrize(
    "site",
    [
        "http://harbour.atlassian.net",
        "https://harbour.atlassian.net/wiki",
        "https://a@harbour.atlassian.net",
        "https://*.atlassian.net",
        "https://a.example.com;frame-ancestors",
        "javascript:alert(1)",
        "harbour.atlassian.net",
        "https://",
        "http://127.0.0.1:8099",
    ],
)
def test_a_site_is_an_https_origin(site: str) -> None:
    """It says who may frame us, so nothing else may stand in it."""
    assert refused(changed("context.siteUrl", site)) == Reason.ADDRESS


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"aud": APP_ARI + "x"}, id="audience"),
        pytest.param({"iss": "x"}, id="issuer"),
        pytest.param({"exp": NOW - 60}, id="end"),
    ],
)
def test_what_is_not_for_us_fetches_no_key(wrong: dict[str, object]) -> None:
    keys = Keys(**{KID: public_key("forge")})
    case = forge_case(keys)

    assert refusal(case.verify, case.but(**wrong)) is not None
    assert keys.asked == 0


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        pytest.param({"alg": "RS256"}, Reason.KEY_ID, id="no key id"),
        pytest.param({"alg": "RS256", "kid": "other"}, Reason.UNKNOWN_KEY, id="an unknown one"),
        pytest.param({"alg": "RS256", "kid": 1}, Reason.KEY_ID, id="a number"),
        pytest.param({"alg": "RS256", "kid": "é"}, Reason.KEY_ID, id="not ascii"),
    ],
)
def test_wrong_key_ids(header: Json, reason: Reason) -> None:
    assert refusal(CASE.verify, CASE.headed(header)) == reason


def test_a_key_in_the_header_is_not_used() -> None:
    header = CASE.header | {"jku": "https://evil.example.com", "x5u": "https://evil.example.com"}

    assert refusal(CASE.verify, CASE.headed(header | {"jwk": {"kty": "oct"}})) is None


def test_a_large_macro_still_fits() -> None:
    assert told(changed("context.extension.config", {"text": "x" * 7000})).config["text"]
