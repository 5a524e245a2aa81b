"""The hash of a request, by the rules, and as PyPI's `atlassian-jwt` makes it."""

from urllib.parse import quote, quote_plus, urlencode

import pytest
from atlassian_jwt.url_utils import canonicalize_request, hash_url  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from connector.atlassian.qsh import SignedRequest, canonical_request, qsh

METHODS = st.sampled_from(["GET", "POST", "PUT", "DELETE"])
# Not above the surrogates, where the order of UTF-16 is another.
TEXTS = st.text(st.characters(max_codepoint=0xD7FF), max_size=6)
SHARP = st.text("ab &,+%*!'()~/=[];:@$éü日😀", max_size=6)
# Not `jwt`, which is left out, and none that this or that library takes apart.
NAMES = (TEXTS | SHARP).filter(lambda one: one != "jwt")
PAIRS = st.lists(st.tuples(NAMES, TEXTS | SHARP), max_size=6)
SEGMENT = st.text("abcXYZ019-._~&,+*!'()$=@", min_size=1, max_size=8)
PATHS = st.lists(SEGMENT, max_size=4).map(lambda parts: "/" + "/".join(parts))


@pytest.mark.parametrize(
    ("method", "path", "query", "canonical"),
    [
        pytest.param("get", "/x", "", "GET&/x&", id="method in capitals"),
        pytest.param("GET", "", "", "GET&/&", id="no path"),
        pytest.param("GET", "/", "", "GET&/&", id="root"),
        pytest.param("GET", "x/y", "", "GET&/x/y&", id="no slash before"),
        pytest.param("GET", "/x/", "", "GET&/x&", id="a slash after"),
        pytest.param("GET", "/x&y", "", "GET&/x%26y&", id="ampersand in the path"),
        pytest.param("GET", "/%e4%20b", "", "GET&/%e4%20b&", id="path as sent"),
        pytest.param("GET", "/x", "b=2&a=1", "GET&/x&a=1&b=2", id="sorted names"),
        pytest.param("GET", "/x", "a=2&B=1&A=3", "GET&/x&A=3&B=1&a=2", id="capitals first"),
        pytest.param("GET", "/x", "a=2&a=1", "GET&/x&a=1,2", id="the same name again"),
        pytest.param("GET", "/x", "a=1,2", "GET&/x&a=1%2C2", id="a comma of a value"),
        pytest.param("GET", "/x", "a=1&jwt=e.y.J&b=2", "GET&/x&a=1&b=2", id="no jwt"),
        pytest.param("GET", "/x", "%6Awt=e&JWT=f", "GET&/x&JWT=f", id="jwt however written"),
        pytest.param("GET", "/x", "a&b=", "GET&/x&a=&b=", id="no value"),
        pytest.param("GET", "/x", "a=b+c%20d", "GET&/x&a=b%20c%20d", id="spaces"),
        pytest.param("GET", "/x", "a=~*!'()", "GET&/x&a=~%2A%21%27%28%29", id="reserved"),
        pytest.param("GET", "/x", "a=%e6%97%a5", "GET&/x&a=%E6%97%A5", id="utf-8"),
        pytest.param("GET", "/x", "&&a=1&", "GET&/x&a=1", id="empty pairs"),
        pytest.param("GET", "/x", "a=b=c", "GET&/x&a=b%3Dc", id="only the first equals sign"),
    ],
)
def test_the_canonical_request(method: str, path: str, query: str, canonical: str) -> None:
    assert canonical_request(method, path, query) == canonical


@pytest.mark.parametrize(
    ("path", "base", "relative"),
    [
        ("/wiki/rest/api", "/wiki", "/rest/api"),
        ("/wiki", "/wiki", "/"),
        ("/wiki/", "/wiki/", "/"),
        ("/wikiwiki/x", "/wiki", "/wikiwiki/x"),
        ("/x/wiki", "/wiki", "/x/wiki"),
        ("/x", "/", "/x"),
    ],
)
def test_a_path_is_relative_to_the_base_url(path: str, base: str, relative: str) -> None:
    assert canonical_request("GET", path, "", base_path=base) == f"GET&{relative}&"


@given(METHODS, PATHS, PAIRS)
def test_the_hash_is_that_of_atlassian_jwt(
    method: str, path: str, pairs: list[tuple[str, str]]
) -> None:
    query = urlencode(pairs)

    assert qsh(method, path, query) == hash_url(method, f"{path}?{query}")


@given(PAIRS)
def test_spaces_may_be_sent_either_way(pairs: list[tuple[str, str]]) -> None:
    percent = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
    plus = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)

    assert qsh("GET", "/x", percent) == qsh("GET", "/x", plus)


@pytest.mark.parametrize(
    ("url", "ours", "theirs"),
    [
        pytest.param("/a//b//", "GET&/a//b/&", "GET&/a//b&", id="several slashes at the end"),
        pytest.param("//a", "GET&//a&", "GET&/a&", id="several slashes before"),
        pytest.param("/a:b", "GET&/a:b&", "GET&/b&", id="a colon, taken for that of https:"),
        pytest.param(
            "/x?a=%EF%BF%BD&a=%F0%9F%98%80",
            "GET&/x&a=%F0%9F%98%80,%EF%BF%BD",
            "GET&/x&a=%EF%BF%BD,%F0%9F%98%80",
            id="values beyond the basic plane, which Java and JavaScript sort as UTF-16",
        ),
    ],
)
def test_where_atlassian_jwt_of_pypi_differs(url: str, ours: str, theirs: str) -> None:
    """Ours is npm's there; npm's own difference is in tests/clients."""
    path, _, query = url.partition("?")

    assert canonical_request("GET", path, query) == ours
    assert canonicalize_request("GET", url) == theirs


@pytest.mark.parametrize(
    ("request_", "right"),
    [
        pytest.param(SignedRequest("POST", "/x", "", "a=1"), True, id="form of a POST"),
        pytest.param(SignedRequest("put", "/x", "", "a=1"), True, id="form of a PUT"),
        pytest.param(SignedRequest("DELETE", "/x", "", "a=1"), False, id="form of a DELETE"),
        pytest.param(SignedRequest("POST", "/x", "b=1", "a=1"), False, id="form beside a query"),
        pytest.param(SignedRequest("POST", "/x", "", "a=2"), False, id="another form"),
    ],
)
def test_a_form_stands_for_a_missing_query(request_: SignedRequest, right: bool) -> None:
    assert request_.has(qsh(request_.method, "/x", "a=1")) is right


def test_a_hash_of_the_query_is_good_though_there_is_a_form() -> None:
    assert SignedRequest("POST", "/x", "", "a=1").has(qsh("POST", "/x", ""))


@given(st.binary(max_size=20).map(lambda raw: raw.decode("latin-1")), TEXTS)
def test_whatever_is_sent_has_a_hash(query: str, claimed: str) -> None:
    """Servers hand over bytes they could not decode; no request may end in an error."""
    assert SignedRequest("GET", query, query, query).has(claimed) is False
    assert SignedRequest("GET", "/\udc80", "\udcff=\udc80").has("\udc80") is False
