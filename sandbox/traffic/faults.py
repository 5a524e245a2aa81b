"""
What can go wrong on the way, on purpose.

Every fault draws from its own generator, so that the same calls meet the same faults in every run.
"""

from dataclasses import dataclass
from random import Random
from threading import Lock

LATENCY, RESET, TRUNCATED, CONFLICT = "latency", "reset", "truncated", "conflict"
TOO_MANY, STATUS = "429", "status"
KINDS = (LATENCY, RESET, TRUNCATED, CONFLICT, TOO_MANY, STATUS)


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One kind of trouble and the calls it befalls.

    `path` is the beginning of an address; `times` ends the fault after so many calls; a reset
    `after` the work is done loses only the answer.
    """

    kind: str
    product: str | None = None
    method: str | None = None
    path: str = ""
    rate: float = 1.0
    times: int | None = None
    seconds: float = 1.0
    status: int = 503
    reason: str | None = None
    headers: bool = True
    retry_after: int | None = None
    after: bool = False

    def befalls(self, product: str, method: str, path: str) -> bool:
        return (
            self.product in {None, product}
            and self.method in {None, method}
            and path.startswith(self.path)
            and not (self.kind == CONFLICT and method in {"GET", "HEAD"})
        )


@dataclass(slots=True)
class _Armed:
    fault: Fault
    random: Random
    left: int | None

    def strikes(self) -> bool:
        if self.left == 0 or self.random.random() >= self.fault.rate:
            return False
        if self.left is not None:
            self.left -= 1
        return True


class Faults:
    def __init__(self) -> None:
        self._lock = Lock()
        self._armed: list[_Armed] = []

    def arm(self, faults: list[Fault], *, seed: int) -> None:
        """These and no others from now on."""
        with self._lock:
            self._armed = [
                _Armed(fault, Random(f"{seed}/{number}"), fault.times)  # noqa: S311 - no secret
                for number, fault in enumerate(faults)
            ]

    def armed(self) -> list[Fault]:
        with self._lock:
            return [armed.fault for armed in self._armed]

    def met(self, product: str, method: str, path: str) -> list[Fault]:
        with self._lock:
            return [
                armed.fault
                for armed in self._armed
                if armed.fault.befalls(product, method, path) and armed.strikes()
            ]
