"""
What it costs to know who is calling: each of the four proofs beside `jwt.decode`.

Both look at the same token with a key that is parsed already, in turns, in one process. Bare PyJWT
checks the signature, the end and, where the token has one, the audience; ours reads the token
strictly, finds the installation, compares with a hash of the request or reads all claims.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import jwt

from connector.atlassian.connect_context import verify_context
from connector.atlassian.connect_lifecycle import verify_lifecycle
from connector.atlassian.connect_request import verify_request
from connector.atlassian.forge_token import verify_invocation
from connector.atlassian.qsh import SignedRequest, qsh
from connector.atlassian.seen import Seen
from tests.atlassian.tokens import (
    APP_ARI,
    BASE_URL,
    INSTALLED,
    KID,
    SECRET,
    Case,
    Keys,
    context_case,
    forge_case,
    lifecycle_case,
    public_key,
    request_case,
    secrets_of,
)

ROUNDS, CALLS = 15, 400
LIMIT = 1.5
# As Confluence asks for a dynamic macro, with what it adds on its own.
QUERY = (
    "page=584318979&objective=HBR-O1&macro.id=4654fa12-4c7c-4792-95a9-6019edb27953"
    "&page.version=12&space.key=OKR&output.type=display&lic=active&cp=%2Fwiki"
    "&xdm_e=https%3A%2F%2Fharbour.atlassian.net&xdm_c=channel-okr-objective&xdm_deprecated=1"
)
MACRO = SignedRequest("GET", "/app/macros/okr-objective", QUERY, base_path="/app")


class Forgetful(Seen):
    """The same token again and again: what is measured is the first time."""

    def first(self, mark: bytes, until: float) -> bool:
        super().first(mark, until)
        return True


@dataclass(frozen=True)
class Pair:
    """What we do with a token, and what PyJWT alone does with it."""

    name: str
    ours: Callable[[], object]
    bare: Callable[[], object]


def pairs() -> list[Pair]:
    request = _alive(request_case(), qsh=qsh(MACRO.method, MACRO.path, QUERY, base_path="/app"))
    context, lifecycle, forge = map(_alive, (context_case(), lifecycle_case(), forge_case()))
    key1, forge_key, seen = public_key("atlassian"), public_key("forge"), Forgetful()
    keys = Keys(**{KID: forge_key})
    return [
        Pair(
            "Connect request",
            lambda: verify_request(request, MACRO, secrets_of=secrets_of),
            lambda: jwt.decode(request, SECRET, algorithms=["HS256"]),
        ),
        Pair(
            "Connect context",
            lambda: verify_context(context, secrets_of=secrets_of),
            lambda: jwt.decode(context, SECRET, algorithms=["HS256"]),
        ),
        Pair(
            "Connect lifecycle",
            lambda: verify_lifecycle(
                lifecycle, INSTALLED, audience=BASE_URL, key_of=lambda _: key1, seen=seen
            ),
            lambda: jwt.decode(lifecycle, key1, algorithms=["RS256"], audience=BASE_URL),
        ),
        Pair(
            "Forge invocation",
            lambda: verify_invocation(forge, app_id=APP_ARI, keys=keys),
            lambda: jwt.decode(forge, forge_key, algorithms=["RS256"], audience=APP_ARI),
        ),
    ]


def _alive(case: Case, **claims: object) -> str:
    """A token that lives while it is measured."""
    now = int(time.time())
    life = {"iat": now, "exp": now + 900} | ({"nbf": now} if "nbf" in case.claims else {})
    return case.but(**life, **claims)


def measured(pair: Pair) -> tuple[float, float]:
    """Microseconds for ours and for the bare one: medians of rounds in turn."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(_micros(pair.ours))
        bare.append(_micros(pair.bare))
    return statistics.median(ours), statistics.median(bare)


def _micros(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _ in range(CALLS):
        call()
    return (time.perf_counter() - began) / CALLS * 1e6


def main(arguments: list[str] | None = None) -> None:
    del arguments
    print(f"Proofs, against jwt.decode of the same token (at most {LIMIT} x wanted)")
    for pair in pairs():
        ours, bare = measured(pair)
        print(f"  {pair.name:<18} {ours:6.0f} µs   bare {bare:6.0f} µs   {ours / bare:5.2f} x")


if __name__ == "__main__":
    main()
