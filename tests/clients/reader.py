"""The connector as its users have it, over the site that other clients wrote to."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType

from connector.config import load_settings
from connector.core.okr import EpicLink, KeyResult, KrKey, OkrPage, StoredPage
from connector.usecases.handle import sweep_site
from connector.wiring import Services, connect
from tests.clients.programs import JsonObject


@dataclass(frozen=True)
class Told:
    """What a key result says, as a person would compare it."""

    title: str
    owners: tuple[str, ...] = ()
    baseline: Fraction | None = None
    current: Fraction | None = None
    target: Fraction | None = None
    unit: str = ""
    weight: Fraction | None = None
    epics: tuple[str, ...] = ()


class Reader:
    """A store of its own, swept in full at first; `sweep` reads what changed since."""

    def __init__(self, site: JsonObject, folder: Path) -> None:
        self._services: Services = connect(load_settings(_settings(site, folder), folder))

    def __enter__(self) -> "Reader":
        sweep_site(self._services.site, self._services.ports, full=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._services.store.database.close()

    def sweep(self) -> None:
        sweep_site(self._services.site, self._services.ports, full=False)

    def page(self, title: str) -> StoredPage:
        """Raises StopIteration for a page that does not take part."""
        pages = self._services.store.pages(self._services.site)
        return next(page for page in pages if page.title == title)

    def told(self, title: str) -> list[tuple[str, list[Told]]]:
        """The objectives of a page by their titles, and their key results."""
        okrs = self.page(title).okrs
        assert okrs is not None, self.page(title).findings
        return [(o.title, [_told(one) for one in o.key_results]) for o in okrs.objectives]

    def keys(self, title: str) -> list[KrKey]:
        okrs = self.page(title).okrs
        return [one.key for one in _results(okrs)] if okrs else []

    def delivery(self, key: KrKey) -> tuple[int, int]:
        """Issues that are done, and all of them."""
        found = self._services.store.delivery(self._services.site, key)
        assert found is not None
        return found.done, found.total

    def measured_by_an_epic(self) -> tuple[KrKey, str]:
        """A key result that one epic alone measures, and the epic's key."""
        feeds = self._services.store.links(self._services.site)
        for link, keys in feeds.items():
            for key in sorted(keys):
                others = [other for other, fed in feeds.items() if key in fed and other != link]
                read = self._services.store.delivery(self._services.site, key)
                if isinstance(link, EpicLink) and not others and read and read.total:
                    return key, link.key
        raise AssertionError("no key result is measured by one epic alone")


def _results(okrs: OkrPage) -> list[KeyResult]:
    return [one for objective in okrs.objectives for one in objective.key_results]


def _told(one: KeyResult) -> Told:
    return Told(
        one.title,
        tuple(owner.name or "" for owner in one.owners),
        one.metric.baseline if one.metric else None,
        one.metric.current if one.metric else None,
        one.metric.target if one.metric else None,
        (one.metric.unit or "") if one.metric else "",
        one.weight,
        tuple(link.key for link in one.links if isinstance(link, EpicLink)),
    )


def _settings(site: JsonObject, folder: Path) -> dict[str, str]:
    return {
        "OKR_DATABASE_URL": f"sqlite:///{folder / 'okr.sqlite'}",
        "OKR_CONFLUENCE_URL": site["confluence"],
        "OKR_JIRA_URL": site["jira"],
        "OKR_USER": site["user"],
        "OKR_TOKEN": site["token"],
    }
