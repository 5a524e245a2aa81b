"""When a page changes, those that it touches hear of it, and no page is read for that."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import pytest

from connector.catalogue import words
from connector.core.errors import Unavailable
from connector.core.events import PageSaved, SweepDue
from connector.core.lint.rule import LintPolicy
from connector.core.okr import PageId, SiteId, StoredPage
from connector.core.policy import Policy
from connector.ports import WikiPage
from connector.usecases.align import SiteNetwork
from connector.usecases.export_okrs import export_site
from connector.usecases.handle import Ports, handle
from connector.usecases.link_page import link_page, unlink_page
from connector.usecases.list_alignment import list_alignment
from connector.usecases.preview_page import preview_page
from connector.usecases.publish_page import values_of
from connector.usecases.render_macro import MacroParams, macro_tag, show_objectives
from connector.usecases.tell_alignment import PageSight, gather_alignment, say_alignment
from tests.fakes.store import FakeStore
from tests.usecases.world import SITE, World

COMPANY, TEAM, DATA = PageId("100"), PageId("200"), PageId("300")
BODY = """<table><tbody><tr><th>Level</th><td>{level}</td></tr>
<tr><th>Cycle</th><td>{cycle}</td></tr></tbody></table>
<h2>O1: {title}</h2>{said}
<table><tbody><tr><th><p>Key Result</p></th><th><p>Target</p></th></tr>
<tr><td><p>Repeat orders rise from 31% to 45%</p></td><td><p>45%</p></td></tr></tbody></table>"""


@dataclass
class AlignedWorld(World):
    network: SiteNetwork = field(default_factory=SiteNetwork)
    delivery: int = 0

    @property
    def ports(self) -> Ports:
        return replace(super().ports, network=self.network)

    def page(
        self,
        page: PageId,
        title: str,
        *said: str,
        level: str = "Team",
        cycle: str = "2026-Q4",
        labels: Collection[str] = ("okr",),
    ) -> None:
        """Write the page and let its job run."""
        body = BODY.format(
            title=title, level=level, cycle=cycle, said="".join(f"<p>{one}</p>" for one in said)
        )
        before = self.wiki.kept.get(page)
        version = before.version + 1 if before else 1
        name, url = f"OKRs of {page}", f"https://wiki.example/{page}"
        here = WikiPage(page, name, "OKR", url, version, frozenset(labels), body, self.clock.now())
        self.wiki.save(here, self.clock.now())
        self.job(page)

    def job(self, page: PageId) -> None:
        self.delivery += 1
        self.clock.pass_by(seconds=1)
        handle(PageSaved(SITE, page, f"d{self.delivery}", self.clock.now()), self.ports)

    def rules(self, page: PageId) -> list[str]:
        return sorted(one.rule for one in self.store.alignment(SITE, page))

    def told(
        self, page: PageId, *, sight: PageSight | None = None, locale: str = "en"
    ) -> list[str]:
        """The words of A rules in the macro of somebody who may read the page."""
        view = show_objectives(
            MacroParams(page, None, locale, "auto"),
            site=SITE,
            store=self.store,
            clock=self.clock,
            policy=self.policy,
            words=words(locale),
            alignment=gather_alignment(SITE, page, store=self.store, sight=sight),
        )
        return [one.message for one in view.remarks if one.rule.startswith("A-")]

    def tag(self, page: PageId, *, sight: PageSight | None = None) -> str:
        return macro_tag(
            MacroParams(page, None, "en", "auto"),
            site=SITE,
            store=self.store,
            clock=self.clock,
            policy=self.policy,
            alignment=gather_alignment(SITE, page, store=self.store, sight=sight),
        )


def everything(pages: Collection[PageId]) -> frozenset[PageId]:
    return frozenset(pages)


def nothing(_pages: Collection[PageId]) -> frozenset[PageId]:
    return frozenset()


@pytest.fixture
def world() -> AlignedWorld:
    made = AlignedWorld()
    made.page(COMPANY, "Shippers book with us", level="Company")
    return made


def test_a_page_hears_of_its_own_alignment_when_it_is_saved(world: AlignedWorld) -> None:
    world.page(TEAM, "Quotes come at once")
    assert world.rules(TEAM) == ["A-01"]
    assert world.told(TEAM) == ["Neither a parent nor a word on what it contributes to"]

    world.page(TEAM, "Quotes come at once", "Contribution: fewer phone calls for shippers")
    assert world.rules(TEAM) == []


def test_another_page_that_changes_moves_those_that_name_it(world: AlignedWorld) -> None:
    """Without reading them again, and their macros are drawn anew."""
    world.page(TEAM, "Quotes come at once", "Supports: 100-O1")
    assert world.rules(TEAM) == ["A-03"]
    before, reads = world.tag(TEAM, sight=everything), len(world.wiki.reads)

    world.page(COMPANY, "Shippers book with us", level="Company", cycle="2026-Q3")

    assert world.rules(TEAM) == ["A-03", "A-04"]
    assert world.wiki.reads[reads:] == [COMPANY]
    assert world.tag(TEAM, sight=everything) != before


def test_a_circle_over_two_pages_is_told_on_both_with_the_names_of_both(
    world: AlignedWorld,
) -> None:
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    revision = world.store.revision(SITE, TEAM)
    world.page(DATA, "Data is clean", "Supports: 200-O1")

    assert world.store.revision(SITE, TEAM) == revision + 1
    way = "It supports itself in a circle: {} → {} → {}".format
    mine, theirs = "Quotes come at once", "Data is clean"
    assert world.told(TEAM, sight=everything) == [way(mine, theirs, mine)]
    assert world.told(DATA, sight=everything) == [way(theirs, mine, theirs)]

    world.page(DATA, "Data is clean", "Supports: 100-O1")
    assert (world.rules(TEAM), world.rules(DATA)) == ([], ["A-03"])


def test_a_name_that_changes_is_told_as_it_is_now(world: AlignedWorld) -> None:
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    world.page(DATA, "Data is clean", "Supports: 200-O1")
    before = world.tag(TEAM, sight=everything), world.tag(TEAM, sight=nothing)

    world.page(DATA, "Data is spotless", "Supports: 200-O1")

    assert "Data is spotless" in world.told(TEAM, sight=everything)[0]
    assert world.tag(TEAM, sight=everything) != before[0]
    assert world.tag(TEAM, sight=nothing) == before[1]


def test_who_may_not_see_the_other_page_hears_of_the_circle_without_its_name(
    world: AlignedWorld,
) -> None:
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    world.page(DATA, "Data is clean", "Supports: 200-O1")

    assert world.told(TEAM, sight=nothing) == [
        "It supports itself in a circle: Quotes come at once → an objective you may not see → "
        "Quotes come at once"
    ]
    assert world.told(TEAM, locale="zh-CN") == [
        "对齐形成环：Quotes come at once → 一个您无权查看的目标 → Quotes come at once"
    ]


def test_what_stands_on_a_page_that_somebody_may_not_see_moves_nothing_for_them(
    world: AlignedWorld,
) -> None:
    """Neither a level nor a cycle nor a copied title there shows in words or tag."""
    world.page(TEAM, "Quotes come at once", "Supports: OKRs of 100")
    seen, tags = [], set()
    for level, cycle, title in (
        ("Department", "2026-Q4", "Quotes come at once"),
        ("Company", "2026-Q3", "Shippers book with us"),
        ("Company", "2026-Q4", "Quotes come at once"),
    ):
        world.page(COMPANY, title, level=level, cycle=cycle)
        assert world.rules(TEAM) != []
        seen += world.told(TEAM, sight=nothing)
        tags.add(world.tag(TEAM, sight=nothing))

    assert (seen, len(tags)) == ([], 1)


def test_a_dependency_is_confirmed_on_the_page_of_the_other_side(world: AlignedWorld) -> None:
    world.page(DATA, "Data is clean", "Contribution: numbers that everybody trusts")
    world.page(TEAM, "Quotes come at once", "Supports: 100-O1", "Depends on: 300-O1")
    assert world.rules(TEAM) == ["A-03", "A-05"]
    said = "Contribution: numbers that everybody trusts"

    world.page(DATA, "Data is clean", said, "Needed by: 200-O1 (confirmed)")
    assert world.rules(TEAM) == ["A-03"]

    world.page(DATA, "Data is clean", said, "Needed by: 200-O1 (pending)")
    assert world.rules(TEAM) == ["A-03", "A-05"]


def test_a_page_that_is_gone_takes_its_objectives_along(world: AlignedWorld) -> None:
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    world.page(DATA, "Data is clean", "Supports: 200-O1")

    world.wiki.trash(DATA)
    world.job(DATA)

    assert (world.rules(TEAM), world.rules(DATA)) == ([], [])


def test_a_new_process_knows_the_network_again_without_the_wiki(world: AlignedWorld) -> None:
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    world.page(DATA, "Data is clean", "Supports: 200-O1")
    reads, revisions = len(world.wiki.reads), dict(world.store.revisions(SITE))

    world.network = SiteNetwork()
    changed = world.network.align(SITE, store=world.store, policy=world.policy)

    assert (changed, dict(world.store.revisions(SITE))) == (frozenset(), revisions)
    assert len(world.wiki.reads) == reads
    world.page(DATA, "Data is clean", "Supports: 100-O1")
    assert world.rules(TEAM) == []


def test_what_another_process_has_read_is_seen_at_the_next_look(world: AlignedWorld) -> None:
    here, there = world.network, SiteNetwork()
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    world.network = there
    world.page(DATA, "Data is clean", "Supports: 200-O1")
    world.network = here
    world.page(COMPANY, "Shippers book with us", level="Company")

    listed, _ = here.listed(SITE, store=world.store, policy=world.policy)
    assert set(listed) == {TEAM, DATA}
    assert world.rules(TEAM) == ["A-02"]


def test_a_sweep_looks_at_pages_whose_alignment_nobody_has_looked_at(world: AlignedWorld) -> None:
    """As after an update to this release: the pages are kept, their remarks are not."""
    world.page(TEAM, "Quotes come at once")
    world.store.aligned.clear()
    world.network = SiteNetwork()

    handle(SweepDue(SITE, 1, False, world.clock.now()), world.ports)

    assert world.rules(TEAM) == ["A-01"]


def test_a_link_and_its_end_move_the_network_too(world: AlignedWorld) -> None:
    world.page(DATA, "Data is clean", "Supports: 200-O1", labels=())
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    assert world.rules(TEAM) == []

    link_page(SITE, DATA, world.ports)
    assert world.rules(TEAM) == ["A-02"]

    unlink_page(SITE, DATA, world.ports)
    assert world.rules(TEAM) == []


@dataclass
class FailingStore(FakeStore):
    fails: bool = False

    def keep_alignment(self, site, found):  # type: ignore[no-untyped-def]  # as the port has it
        if self.fails:
            raise Unavailable("the database is locked")
        return super().keep_alignment(site, found)


def test_what_could_not_be_kept_is_kept_the_next_time() -> None:
    store = FailingStore()
    world = AlignedWorld(store=store)
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    store.fails = True
    with pytest.raises(Unavailable):
        world.page(DATA, "Data is clean", "Supports: 200-O1")
    store.fails = False

    world.page(COMPANY, "Shippers book with us", level="Company")

    assert (world.rules(TEAM), world.rules(DATA)) == (["A-02"], ["A-02"])


def test_a_preview_says_what_would_be_and_keeps_nothing(world: AlignedWorld) -> None:
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    world.page(DATA, "Data is clean", "Contribution: numbers that everybody trusts")
    kept = world.wiki.kept[DATA]
    body = BODY.format(
        title="Data is clean", level="Team", cycle="2026-Q4", said="<p>Supports: 200-O1</p>"
    )
    world.wiki.save(replace(kept, body=body, version=kept.version + 1))

    found = preview_page(
        SITE,
        DATA,
        wiki=world.wiki,
        tracker=world.tracker,
        store=world.store,
        clock=world.clock,
        policy=world.policy,
        network=world.network,
    )

    [circle] = [one for one in found.page.findings if one.rule.startswith("A-")]
    assert dict(circle.facts)["path"] == "Data is clean → Quotes come at once → Data is clean"
    assert (world.rules(TEAM), world.rules(DATA)) == ([], [])
    world.page(COMPANY, "Shippers book with us", level="Company")
    assert (world.rules(TEAM), world.rules(DATA)) == ([], [])


def test_a_space_may_switch_a_rule_off(world: AlignedWorld) -> None:
    world.policy = Policy(spaces={"OKR": LintPolicy(off=frozenset({"A-01"}))})
    world.network = SiteNetwork()

    world.page(TEAM, "Quotes come at once")

    assert world.rules(TEAM) == []


def test_what_is_left_at_a_page_counts_and_names_nobody_else(world: AlignedWorld) -> None:
    """The property and the badge are the same for everybody who may read the page."""
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    [before] = world.store.measured_pages(SITE, [TEAM])
    world.page(DATA, "Secret merger", "Supports: 200-O1")
    [after] = world.store.measured_pages(SITE, [TEAM])

    def left(found: object) -> dict[str, object]:
        values = values_of(
            found,  # type: ignore[arg-type]  # a page with its measurements
            badge=words("en"),
            clock=world.clock,
            policy=world.policy,
        )
        assert "Secret merger" not in repr(values)
        [value] = [one for one in values.values() if one and "to_fix" in one]
        return value

    assert left(after)["to_fix"] == left(before)["to_fix"] + 1  # type: ignore[operator]  # numbers


def test_an_export_names_others_by_their_keys_alone(world: AlignedWorld) -> None:
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    world.page(DATA, "Data is clean", "Supports: 200-O1")

    found = export_site(
        site=SITE,
        store=world.store,
        clock=world.clock,
        policy=world.policy,
        words=words("en"),
        only=TEAM,
    )

    [page] = found["pages"]
    assert page["alignment"] == [
        {"rule": "A-02", "severity": "E", "objective": "200-O1", "others": ["200-O1", "300-O1"]}
    ]
    assert "Data is clean" not in repr(found)


def test_the_whole_site_is_listed_with_everybodys_names(world: AlignedWorld) -> None:
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    world.page(DATA, "Data is clean", "Supports: 200-O1")
    world.wiki.trash(COMPANY)
    world.job(COMPANY)

    found = list_alignment(
        SITE,
        network=world.network,
        store=world.store,
        policy=world.policy,
        words=words("en"),
    )

    assert found["objectives"] == world.network.size() == 2
    assert [one["rule"] for one in found["of_the_site"]] == ["A-07"]
    assert [(one["id"], one["page"]["title"]) for one in found["findings"]] == [
        ("200-O1/A-02/1", "OKRs of 200"),
        ("300-O1/A-02/1", "OKRs of 300"),
    ]
    first = found["findings"][0]
    assert first["objective"] == {"key": "200-O1", "title": "Quotes come at once"}
    assert first["others"] == [{"key": "300-O1", "title": "Data is clean", "page": "300"}]
    assert SiteNetwork().size() == 0


def test_lint_says_of_a_page_what_stands_among_the_others(world: AlignedWorld) -> None:
    world.page(TEAM, "Quotes come at once")
    kept = world.store.page(SITE, TEAM)
    assert kept is not None

    def found(page: StoredPage) -> list[str]:
        there = world.network.preview_findings(page, store=world.store, policy=world.policy)
        return [one.rule for one in there]

    assert found(kept) == ["A-01"]
    assert found(replace(kept, okrs=None)) == []


def test_nothing_is_told_of_a_page_without_objectives(world: AlignedWorld) -> None:
    """Its remarks may be older than the page."""
    world.page(TEAM, "Quotes come at once")
    alignment = gather_alignment(SITE, TEAM, store=world.store, sight=None)
    kept = world.store.page(SITE, TEAM)
    assert kept is not None
    emptied = replace(kept, okrs=None)

    told = say_alignment(
        alignment, emptied, store=world.store, policy=world.policy, words=words("en")
    )

    assert told == ()


def test_a_page_that_has_just_gone_is_named_no_more(world: AlignedWorld) -> None:
    world.page(TEAM, "Quotes come at once", "Supports: 300-O1")
    world.page(DATA, "Data is clean", "Supports: 200-O1")
    del world.store.kept[SITE, DATA]

    assert "an objective you may not see" in world.told(TEAM, sight=everything)[0]


def test_a_site_that_is_forgotten_leaves_an_empty_network(world: AlignedWorld) -> None:
    world.page(TEAM, "Quotes come at once")

    world.store.forget_all(SITE)
    world.network.align(SITE, store=world.store, policy=world.policy)

    assert world.network.size() == 0


def test_many_pages_that_were_read_elsewhere_are_read_together(world: AlignedWorld) -> None:
    world.page(TEAM, "Quotes come at once")
    kept = world.store.page(SITE, TEAM)
    assert kept is not None
    assert kept.okrs is not None
    for number in range(1000, 1150):
        page = PageId(str(number))
        world.store.save_page(replace(kept, page=page, okrs=replace(kept.okrs, objectives=())))

    world.page(DATA, "Data is clean")

    assert world.network.size() == 3


@dataclass
class RestlessStore(FakeStore):
    """Another process reads a page anew whenever we have kept something."""

    looks: int = 0

    def readings(self, site: SiteId) -> Mapping[PageId, int]:
        self.looks += 1
        return dict.fromkeys(super().readings(site), self.looks) | {PageId("999"): self.looks}


def test_a_site_that_never_rests_is_left_after_some_rounds() -> None:
    world = AlignedWorld(store=RestlessStore())
    world.page(TEAM, "Quotes come at once")
    assert world.rules(TEAM) == ["A-01"]
