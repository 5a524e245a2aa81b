"""Every way in which any token may be wrong, against each of the four verifiers."""

import json
import warnings
from base64 import urlsafe_b64decode
from collections.abc import Callable

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from connector.atlassian.bad_proof import BadProof, Reason
from tests.atlassian.tokens import (
    NOW,
    SECRET,
    Case,
    all_cases,
    compact,
    encoded,
    hs256,
    private_key,
    public_key,
    refusal,
    rs256,
)

CASES = all_cases()
MALFORMED, CLAIMS, SIGNATURE = Reason.MALFORMED, Reason.CLAIMS, Reason.SIGNATURE
Wrong = Callable[[Case], str]


def _changed_claim(case: Case) -> str:
    """Other claims under the signature of the old ones."""
    header, _, signature = case.token().split(".")
    return f"{header}.{encoded(json.dumps(case.claims | {'sub': 'x'}).encode())}.{signature}"


def _last_bit(case: Case) -> str:
    """The unused bits of the last character set: the same signature to a careless reader."""
    token = case.token()
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return token[:-1] + letters[letters.index(token[-1]) + 1]


def _pem_as_secret(name: str) -> Wrong:
    """The public key, which everybody has, used as if it were a shared secret."""
    pem = public_key(name).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return lambda case: compact(case.header | {"alg": "HS256"}, case.claims, hs256(pem))


def _twice(name: str) -> Wrong:
    """A claim that is there twice: the good one last, as most readers would have it."""
    return lambda case: case.holding(f'{{"{name}": "other", {json.dumps(case.claims)[1:]}'.encode())


def _with_header(**header: object) -> Wrong:
    return lambda case: case.headed(case.header | header)


def _raw_claim(name: str, text: str) -> Wrong:
    """A claim written just so."""

    def made(case: Case) -> str:
        left = {one: value for one, value in case.claims.items() if one != name}
        return case.holding(f'{{"{name}": {text}, {json.dumps(left)[1:]}'.encode())

    return made


def _but(**claims: object) -> Wrong:
    return lambda case: case.but(**claims)


SHAPES: dict[str, tuple[Wrong, Reason]] = {
    "nothing": (lambda _: "", Reason.MISSING),
    "a blank": (lambda _: " ", MALFORMED),
    "one part": (lambda _: "abcd", MALFORMED),
    "two parts": (lambda case: case.token().rpartition(".")[0], MALFORMED),
    "four parts": (lambda case: case.token() + ".abcd", MALFORMED),
    "five parts, as encrypted ones": (lambda case: case.token() + ".a.a", MALFORMED),
    "no header": (lambda case: "." + case.token().partition(".")[2], MALFORMED),
    "no signature": (lambda case: case.token().rpartition(".")[0] + ".", MALFORMED),
    "oversize": (lambda case: case.but(pad="x" * 40_000), Reason.OVERSIZE),
    "oversize and nothing else": (lambda _: "a" * 1_000_000, Reason.OVERSIZE),
    "padded": (lambda case: case.token() + "=", MALFORMED),
    "a blank at the end": (lambda case: case.token() + " ", MALFORMED),
    "a line end": (lambda case: case.token() + "\n", MALFORMED),
    "two tokens, as two headers come": (lambda case: f"{case.token()}, x", MALFORMED),
    "not ascii": (lambda case: case.token() + "é", MALFORMED),
    "full-width letters": (lambda case: "ｅ" + case.token(), MALFORMED),
    "a lone surrogate": (lambda case: case.token() + "\udc80", MALFORMED),
    "the other base64": (lambda case: case.token().rpartition(".")[0] + ".a+/b", MALFORMED),
    "unused bits": (_last_bit, MALFORMED),
    "header no json": (lambda case: case.headed(b"alg"), MALFORMED),
    "header a list": (lambda case: case.headed(b'["alg"]'), MALFORMED),
    "header null": (lambda case: case.headed(b"null"), MALFORMED),
    "header with alg twice": (
        lambda case: case.headed(b'{"alg": "none", ' + json.dumps(case.header).encode()[1:]),
        MALFORMED,
    ),
    "critical extension": (_with_header(crit=["b64"], b64=True), Reason.ALGORITHM),
    "unencoded payload": (_with_header(b64=False), Reason.ALGORITHM),
    "claims no json": (lambda case: case.holding(b"{"), MALFORMED),
    "claims a list": (lambda case: case.holding(b"[]"), MALFORMED),
    "claims a text": (lambda case: case.holding(b'"x"'), MALFORMED),
    "claims not utf-8": (lambda case: case.holding(b'{"x": "\xff"}'), MALFORMED),
    "claims with a byte order mark": (
        lambda case: case.holding(b"\xef\xbb\xbf" + json.dumps(case.claims).encode()),
        MALFORMED,
    ),
    "claims with more behind": (
        lambda case: case.holding(json.dumps(case.claims).encode() + b"{}"),
        MALFORMED,
    ),
    "claims very deep": (lambda case: case.holding(b"[" * 5000), MALFORMED),
    "issuer twice": (_twice("iss"), MALFORMED),
    "end twice": (_twice("exp"), MALFORMED),
    "a name twice within": (_raw_claim("x", '{"a": 1, "a": 1}'), MALFORMED),
    "not a number": (_raw_claim("x", "NaN"), MALFORMED),
    "too long a number": (_raw_claim("exp", "9" * 5000), MALFORMED),
}
ALGORITHMS: dict[str, tuple[Wrong, Reason]] = {
    "none": (lambda case: compact({"alg": "none"}, case.claims, lambda _: b"x"), Reason.ALGORITHM),
    "none without signature": (
        lambda case: compact({"alg": "none"}, case.claims, lambda _: b""),
        MALFORMED,
    ),
    "None": (_with_header(alg="None"), Reason.ALGORITHM),
    "nONE": (_with_header(alg="nONE"), Reason.ALGORITHM),
    "null": (_with_header(alg=None), Reason.ALGORITHM),
    "a number": (_with_header(alg=256), Reason.ALGORITHM),
    "a list": (_with_header(alg=["RS256", "HS256"]), Reason.ALGORITHM),
    "in small letters": (
        lambda case: case.headed(case.header | {"alg": case.header["alg"].lower()}),
        Reason.ALGORITHM,
    ),
    "longer": (
        lambda case: case.headed(case.header | {"alg": case.header["alg"][:2] + "512"}),
        Reason.ALGORITHM,
    ),
    "PS256": (_with_header(alg="PS256"), Reason.ALGORITHM),
    "ES256": (_with_header(alg="ES256"), Reason.ALGORITHM),
    "missing": (lambda case: case.headed({"typ": "JWT"}), Reason.ALGORITHM),
    "the other of the two": (
        lambda case: case.headed(
            case.header | {"alg": "RS256" if case.header["alg"] == "HS256" else "HS256"}
        ),
        Reason.ALGORITHM,
    ),
}
SIGNATURES: dict[str, tuple[Wrong, Reason]] = {
    "by a stranger": (
        lambda case: case.signed(
            hs256("x" * 64) if case.header["alg"] == "HS256" else rs256(private_key("stranger"))
        ),
        SIGNATURE,
    ),
    "of other claims": (_changed_claim, SIGNATURE),
    "cut off": (lambda case: case.signed(lambda signed: case.sign(signed)[:-6]), SIGNATURE),
    "longer": (lambda case: case.token() + "AAAA", SIGNATURE),
    "one byte": (lambda case: case.signed(lambda _: b"x"), SIGNATURE),
    "zeros": (lambda case: case.signed(lambda _: bytes(256)), SIGNATURE),
    "of an empty secret": (
        lambda case: case.signed(hs256("")),
        SIGNATURE,
    ),
}
TIMES: dict[str, tuple[Wrong, Reason]] = {
    "no end": (lambda case: case.without("exp"), CLAIMS),
    "end null": (_but(exp=None), CLAIMS),
    "end a text": (_but(exp=str(NOW + 60)), CLAIMS),
    "end a fraction": (_but(exp=NOW + 60.5), CLAIMS),
    "end true": (_but(exp=True), CLAIMS),
    "end a list": (_but(exp=[NOW + 60]), CLAIMS),
    "end infinite": (_raw_claim("exp", "1e999"), CLAIMS),
    "end long ago": (_but(exp=0), Reason.EXPIRED),
    "end negative": (_but(exp=-1), Reason.EXPIRED),
    "end three seconds ago": (_but(exp=NOW - 3), Reason.EXPIRED),
    "end in a day": (_but(exp=NOW + 86_400), Reason.LIFETIME),
    "end in the year 33658": (_but(exp=10**12), Reason.LIFETIME),
    "end beyond any clock": (_but(exp=10**300), Reason.LIFETIME),
    "a life of more than an hour": (_but(iat=NOW - 3600, exp=NOW + 1), Reason.LIFETIME),
    "no beginning": (lambda case: case.without("iat"), CLAIMS),
    "beginning a text": (_but(iat=str(NOW)), CLAIMS),
    "beginning true": (_but(iat=True), CLAIMS),
    "beginning in four seconds": (_but(iat=NOW + 4), Reason.NOT_YET),
    "not before four seconds": (_but(nbf=NOW + 4), Reason.NOT_YET),
    "not before a text": (_but(nbf="0"), CLAIMS),
}
ALL = SHAPES | ALGORITHMS | SIGNATURES | TIMES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize(
    ("made", "reason"),
    [
        pytest.param(*wrong, id=f"{kind}: {name}")
        for kind, table in (
            ("shape", SHAPES),
            ("algorithm", ALGORITHMS),
            ("signature", SIGNATURES),
            ("time", TIMES),
        )
        for name, wrong in table.items()
    ],
)
def test_a_wrong_token_is_refused(case: Case, made: Wrong, reason: Reason) -> None:
    assert refusal(case.verify, made(case)) == reason


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_right_one_is_taken(case: Case) -> None:
    assert refusal(case.verify, case.token()) is None


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"exp": NOW - 2}, id="ended within the leeway"),
        pytest.param({"iat": NOW + 3}, id="begins within the leeway"),
        pytest.param({"nbf": NOW + 3}, id="not before the leeway"),
        pytest.param({"exp": NOW + 3600}, id="an hour to live"),
        pytest.param({"unknown": {"deep": ["x", None, 1.5]}}, id="a claim we do not know"),
    ],
)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_clocks_may_differ_a_little(case: Case, changed: dict[str, object]) -> None:
    assert refusal(case.verify, case.but(**changed)) is None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("name", ["atlassian", "forge"])
def test_a_public_key_is_no_secret(case: Case, name: str) -> None:
    reason = SIGNATURE if case.header["alg"] == "HS256" else Reason.ALGORITHM

    assert refusal(case.verify, _pem_as_secret(name)(case)) == reason


@pytest.mark.parametrize("mine", CASES, ids=lambda case: f"at {case.name}")
@pytest.mark.parametrize("theirs", CASES, ids=lambda case: f"of {case.name}")
def test_no_door_takes_the_token_of_another(mine: Case, theirs: Case) -> None:
    taken = refusal(mine.verify, theirs.token()) is None

    assert taken is (mine.name == theirs.name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_refusals_look_the_same(case: Case) -> None:
    """What was wrong is for the log alone."""
    seen = set()
    for made, _ in ALL.values():
        with pytest.raises(BadProof) as refused:
            case.verify(made(case))
        error = refused.value
        seen.add((str(error), error.args, error.code, error.retryable, error.remedy))
        assert error.__cause__ is None

    assert len(seen) == 1


@given(case=st.sampled_from(CASES), at=st.integers(0, 2**31), bit=st.integers(0, 7))
def test_no_bit_may_change(case: Case, at: int, bit: int) -> None:
    token = bytearray(case.token().encode())
    token[at % len(token)] ^= 1 << bit
    changed = token.decode("latin-1")

    assert refusal(case.verify, changed) is not None


PARTS = st.sampled_from([one.token() for one in CASES]) | st.binary(max_size=30).map(encoded)
VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.integers(NOW - 10, NOW + 10)
    | st.lists(st.text(max_size=3), max_size=2)
)
CHANGES = st.dictionaries(
    st.sampled_from(["iss", "sub", "aud", "exp", "iat", "nbf", "qsh", "jti", "context", "app"]),
    VALUES,
    max_size=3,
)


@given(case=st.sampled_from(CASES), changes=CHANGES)
def test_claims_of_any_kind_are_taken_or_refused(case: Case, changes: dict[str, object]) -> None:
    """Never an error of another kind, which would end in a 500."""
    refusal(case.verify, case.but(**changes))


@given(parts=st.lists(PARTS, min_size=1, max_size=4), case=st.sampled_from(CASES))
def test_what_pyjwt_refuses_is_refused(parts: list[str], case: Case) -> None:
    token = ".".join(parts)

    if _pyjwt_refuses(token, case):
        assert refusal(case.verify, token) is not None


def _pyjwt_refuses(token: str, case: Case) -> bool:
    symmetric = case.header["alg"] == "HS256"
    name = "forge" if case.name == "forge" else "atlassian"
    options: dict[str, bool] = {"verify_exp": False, "verify_iat": False, "verify_aud": False}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            jwt.decode(
                token,
                SECRET if symmetric else public_key(name),
                algorithms=[case.header["alg"]],
                options=options,  # type: ignore[arg-type] # a typed dictionary of the library
            )
    except jwt.InvalidTokenError:
        return True
    return False


def test_the_tables_are_what_they_seem() -> None:
    """A good token of each kind is one for PyJWT too, and the parts can be read."""
    assert [_pyjwt_refuses(case.token(), case) for case in CASES] == [False] * 4
    for case in CASES:
        claims = case.token().split(".")[1]
        assert json.loads(urlsafe_b64decode(claims + "==")) == case.claims
