"""What is counted, for Prometheus; every process has its own numbers and no global ones."""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from connector.atlassian.http import RemoteCall

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.8, 2.0, 5.0, 20.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The counters of one process; its methods are callbacks, such as doors take."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._events = Counter(
            "okr_events",
            "Webhook deliveries that were verified, by what became of them",
            ("product", "outcome"),
            registry=self._registry,
        )
        self._macros = Counter(
            "okr_macro_answers",
            "Macros answered: rendered, or unchanged (304)",
            ("macro", "outcome"),
            registry=self._registry,
        )
        self._requests = Histogram(
            "okr_request_seconds",
            "Duration of requests to us",
            ("route", "method", "status"),
            registry=self._registry,
            buckets=_SECONDS,
        )
        self._calls = Histogram(
            "okr_atlassian_call_seconds",
            "Duration of requests to Atlassian; status 0 where no answer came",
            ("product", "endpoint", "status"),
            registry=self._registry,
            buckets=_SECONDS,
        )

    def event_received(self, product: str, outcome: str) -> None:
        """`outcome` is queued, duplicate or unknown."""
        self._events.labels(product, outcome).inc()

    def macro_answered(self, macro: str, outcome: str) -> None:
        """`outcome` is rendered or unchanged."""
        self._macros.labels(macro, outcome).inc()

    def request_took(self, route: str, method: str, status: int, seconds: float) -> None:
        known = method if method in _METHODS else "other"
        self._requests.labels(route, known, f"{status}").observe(seconds)

    def atlassian_called(self, call: RemoteCall) -> None:
        self._calls.labels(call.product, call.endpoint, f"{call.status}").observe(call.seconds)

    def exposition(self, jobs: Mapping[str, int]) -> bytes:
        """All of it in the text format of Prometheus, with the jobs by what became of them."""
        counted = CollectorRegistry()
        counted.register(_Jobs(jobs))
        return generate_latest(self._registry) + generate_latest(counted)


class _Jobs(Collector):
    """Numbers that are counted elsewhere, as they are now."""

    def __init__(self, jobs: Mapping[str, int]) -> None:
        self._jobs = jobs

    def collect(self) -> Iterator[Metric]:
        family = CounterMetricFamily("okr_jobs", "Jobs by what became of them", labels=("outcome",))
        for outcome, count in self._jobs.items():
            family.add_metric((outcome,), count)
        yield family
