"""What is kept of a site that comes, changes and goes."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from connector.core.installation import Address, DoorKind, InstallationKey, Product
from connector.core.okr import SiteId
from connector.usecases.manage_installation import (
    Installed,
    Seen,
    forget_gone,
    install_connect,
    see_forge,
    uninstall,
)
from tests.fakes.installations import FakeInstallations
from tests.fakes.store import FakeStore
from tests.storage.pages import kr, okrs, stored

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ACME = SiteId("acme.atlassian.net")
WIKI = Address(
    Product.CONFLUENCE, "https://acme.atlassian.net/wiki", "https://acme.atlassian.net/wiki"
)
JIRA = Address(Product.JIRA, "https://acme.atlassian.net", "https://acme.atlassian.net")
API = "https://api.atlassian.com/ex/confluence/c-1"
A_MONTH = timedelta(days=30)


@dataclass
class Clock:
    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


def told(key: str = "client-1", address: Address = WIKI, secret: str = "s" * 20) -> Installed:
    return Installed(InstallationKey(key), address, secret)


def seen(key: str = "i-1", *, shown: str = "") -> Seen:
    address = Address(Product.CONFLUENCE, API, shown)
    return Seen(InstallationKey(key), "c-1", (address,))


def test_products_join_their_site_and_leave_it_one_by_one() -> None:
    kept, store, clock = FakeInstallations(), FakeStore(), Clock()
    install_connect(told(), installations=kept, store=store, clock=clock)
    install_connect(told("client-2", JIRA), installations=kept, store=store, clock=clock)
    store.save_page(replace(stored(okrs(kr(1))), site=ACME))

    uninstall(DoorKind.CONNECT, InstallationKey("client-2"), installations=kept, clock=clock)

    gone = forget_gone(installations=kept, store=store, now=NOON + 2 * A_MONTH, after=A_MONTH)
    assert gone == []
    assert store.pages(ACME)


def test_data_outlives_an_uninstall_by_the_time_of_the_policy() -> None:
    kept, store, clock = FakeInstallations(), FakeStore(), Clock()
    install_connect(told(), installations=kept, store=store, clock=clock)
    store.save_page(replace(stored(okrs(kr(1))), site=ACME))
    uninstall(DoorKind.CONNECT, InstallationKey("client-1"), installations=kept, clock=clock)

    early = forget_gone(installations=kept, store=store, now=NOON + A_MONTH, after=A_MONTH)
    assert (early, len(store.pages(ACME))) == ([], 1)
    late = forget_gone(
        installations=kept, store=store, now=NOON + A_MONTH + timedelta(hours=1), after=A_MONTH
    )
    assert (late, store.pages(ACME)) == ([ACME], [])


def test_a_site_that_comes_back_in_time_finds_its_data() -> None:
    kept, store, clock = FakeInstallations(), FakeStore(), Clock()
    install_connect(told(), installations=kept, store=store, clock=clock)
    store.save_page(replace(stored(okrs(kr(1))), site=ACME))
    uninstall(DoorKind.CONNECT, InstallationKey("client-1"), installations=kept, clock=clock)

    back = install_connect(told(), installations=kept, store=store, clock=clock)

    assert back.site == ACME
    assert store.pages(ACME)
    assert forget_gone(installations=kept, store=store, now=NOON + 9 * A_MONTH, after=A_MONTH) == []


def test_the_site_of_the_settings_stays_whatever_app_it_had() -> None:
    kept, store, clock = FakeInstallations(), FakeStore(), Clock()
    install_connect(told(), installations=kept, store=store, clock=clock)
    store.save_page(replace(stored(okrs(kr(1))), site=ACME))
    uninstall(DoorKind.CONNECT, InstallationKey("client-1"), installations=kept, clock=clock)

    later = NOON + 2 * A_MONTH
    forget_gone(installations=kept, store=store, now=later, after=A_MONTH, own=ACME)

    assert store.pages(ACME)


def test_a_forge_call_that_says_nothing_new_writes_nothing() -> None:
    kept, clock = FakeInstallations(), Clock()
    first = see_forge(
        seen(shown="https://acme.atlassian.net/wiki"), installations=kept, clock=clock
    )
    kept.save = lambda *_, **__: (_ for _ in ()).throw(AssertionError("written"))  # type: ignore[method-assign]

    assert see_forge(seen(), installations=kept, clock=clock) == first


def test_a_second_product_of_a_forge_site_is_added() -> None:
    kept, clock = FakeInstallations(), Clock()
    see_forge(seen(), installations=kept, clock=clock)
    with_jira = replace(seen(), addresses=(replace(JIRA, api=API.replace("confluence", "jira")),))

    found = see_forge(with_jira, installations=kept, clock=clock)

    assert [one.product for one in found.addresses] == [Product.CONFLUENCE, Product.JIRA]


def test_the_secret_is_not_shown() -> None:
    assert "ssss" not in repr(told())


@dataclass
class Connected:
    """Installations, a store in which each site has a page, and a clock."""

    kept: FakeInstallations = field(default_factory=FakeInstallations)
    store: FakeStore = field(default_factory=FakeStore)
    clock: Clock = field(default_factory=Clock)

    def install(self, key: str, address: Address, own: SiteId | None = None) -> SiteId:
        made = install_connect(
            told(key, address),
            installations=self.kept,
            store=self.store,
            clock=self.clock,
            own=own,
        )
        return made.site

    def leave(self, key: str) -> None:
        uninstall(DoorKind.CONNECT, InstallationKey(key), installations=self.kept, clock=self.clock)

    def read(self, site: SiteId) -> None:
        self.store.save_page(replace(stored(okrs(kr(1))), site=site))


def renamed(address: Address, host: str = "harbour.atlassian.net") -> Address:
    url = address.api.replace("acme.atlassian.net", host)
    return Address(address.product, url, url)


@pytest.mark.parametrize("first", [WIKI, JIRA])
def test_who_takes_a_name_that_a_renamed_site_had_shares_nothing_with_it(first: Address) -> None:
    here = Connected()
    here.install("old-wiki", WIKI)
    here.install("old-wiki", renamed(WIKI))
    here.read(ACME)

    newcomer = here.install("new-1", first)
    again = here.install("new-1", first)
    second = here.install("new-2", JIRA if first is WIKI else WIKI)

    assert newcomer == again == second != ACME
    assert here.kept.find(DoorKind.CONNECT, InstallationKey("old-wiki")) in here.kept.alive()
    assert here.store.pages(ACME)
    assert here.store.pages(newcomer) == []
    assert here.install("old-jira", renamed(JIRA)) == ACME, "the other product of the renamed site"


def test_who_takes_the_name_of_a_site_that_left_finds_nothing_of_it() -> None:
    here = Connected()
    here.install("old-wiki", WIKI)
    here.install("old-jira", JIRA)
    here.read(ACME)
    here.leave("old-wiki")

    assert here.install("new-wiki", WIKI) == ACME
    assert here.store.pages(ACME) == []
    assert [one.key for one in here.kept.alive()] == ["new-wiki"]


def test_who_took_a_name_keeps_what_is_theirs_when_their_secret_changes() -> None:
    here = Connected()
    here.install("old-wiki", WIKI)
    here.install("new-wiki", WIKI)
    here.read(ACME)

    here.install("new-wiki", WIKI)

    assert here.store.pages(ACME)


def test_who_comes_back_to_a_name_that_others_have_is_another_site() -> None:
    here = Connected()
    here.install("old-wiki", WIKI)
    here.leave("old-wiki")
    here.install("new-wiki", WIKI)
    here.read(ACME)

    back = here.install("old-wiki", renamed(WIKI))

    assert back == "harbour.atlassian.net"
    assert here.store.pages(ACME)
    assert here.kept.of_site(ACME)[0].key == "new-wiki"


def test_the_site_of_the_settings_keeps_its_data_whoever_installs_there() -> None:
    here = Connected()
    here.install("old-wiki", WIKI, own=ACME)
    here.read(ACME)

    here.install("new-wiki", WIKI, own=ACME)

    assert here.store.pages(ACME)


def test_a_late_call_does_not_bring_back_what_was_uninstalled() -> None:
    kept, clock = FakeInstallations(), Clock()
    see_forge(seen(), installations=kept, clock=clock)
    uninstall(DoorKind.FORGE, InstallationKey("i-1"), installations=kept, clock=clock)

    late = see_forge(seen(), installations=kept, clock=clock)
    before = replace(seen(), installed_at=NOON - timedelta(seconds=1))
    told_before = see_forge(before, installations=kept, clock=clock)

    assert not late.alive
    assert not told_before.alive
    assert kept.alive() == []
    after = replace(seen(), installed_at=NOON + timedelta(seconds=1))
    assert see_forge(after, installations=kept, clock=clock).alive


def test_a_late_call_of_the_installation_before_does_not_end_the_one_there_is() -> None:
    kept, clock = FakeInstallations(), Clock()
    see_forge(seen("i-1"), installations=kept, clock=clock)
    see_forge(seen("i-2"), installations=kept, clock=clock)

    assert not see_forge(seen("i-1"), installations=kept, clock=clock).alive
    assert [one.key for one in kept.alive()] == ["i-2"]
