"""One document of everything: complete, exact, and the same after a rebuild."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from connector.catalogue import words
from connector.core.errors import NotFound
from connector.core.json import JsonObject
from connector.core.okr import (
    KrKey,
    Metric,
    MetricKind,
    Milestone,
    ObjectiveKey,
    PageState,
    StoredPage,
)
from connector.core.policy import Policy
from connector.usecases.export_okrs import (
    describe_page,
    export_site,
    find_key_result,
    find_objective,
)
from connector.usecases.handle import handle, links_of_page
from tests.fakes.okrs import NOW, Sample, broken, warehouse
from tests.fakes.okrs import SITE as SAMPLE_SITE
from tests.fakes.store import FakeStore
from tests.usecases.test_main_job import saved, swept
from tests.usecases.world import EPIC, PAGE, SITE, FakeClock, World, row

ENGLISH = words("en")


def export(world: World, *, with_times: bool = False) -> JsonObject:
    return export_site(
        site=SITE,
        store=world.store,
        clock=world.clock,
        policy=world.policy,
        words=ENGLISH,
        with_times=with_times,
    )


@pytest.fixture
def world() -> World:
    world = World()
    world.plan("done", "new", "new", "indeterminate")
    world.write(
        row("Checkout abandonment from 40% to 25%", epic=EPIC),
        row("NPS from 20 to 40", epic="PAY-404"),
        row("Churn at most 2%"),
    )
    handle(saved(world), world.ports)
    return world


def test_an_export_made_before_a_rebuild_equals_one_made_after_it(world: World) -> None:
    before = export(world)

    world.clock.pass_by(days=3)
    world.store.forget_all(SITE)
    handle(swept(world, full=True), world.ports)

    assert json.dumps(export(world)) == json.dumps(before)
    assert [one["progress_exact"] for one in before["objectives"][0]["key_results"]] == [
        "1/4",
        None,
        None,
    ]


def test_after_rows_left_or_moved_a_rebuild_gives_new_keys_and_the_same_facts(
    world: World,
) -> None:
    """Keys are given in first-seen order, and a page does not say which order that was."""
    world.write(
        row("Churn at most 2%"), row("Checkout abandonment from 40% to 25%", epic=EPIC), version=2
    )
    handle(saved(world, 2), world.ports)
    before = export(world)

    world.store.forget_all(SITE)
    handle(swept(world, full=True), world.ports)
    after = export(world)

    assert keys(before) == ["101-3", "101-1"]
    assert keys(after) == ["101-1", "101-2"]
    assert without_keys(after) == without_keys(before)


def keys(document: JsonObject) -> list[str]:
    return [one["key"] for objective in document["objectives"] for one in objective["key_results"]]


def without_keys(value: object) -> object:
    if isinstance(value, dict):
        dropped = {"key", "left_out"}
        return {name: without_keys(one) for name, one in value.items() if name not in dropped}
    return [without_keys(one) for one in value] if isinstance(value, list) else value


def test_pages_that_are_gone_are_left_out(world: World) -> None:
    world.wiki.trash(PAGE)
    handle(saved(world, 2), world.ports)

    assert export(world) == {"format": 1, "pages": [], "objectives": []}
    with pytest.raises(NotFound):
        objective(world.store, "101-O1")


def test_a_page_without_okrs_is_named_with_what_is_wrong(world: World) -> None:
    world.store.forget_all(SITE)
    world.write(version=3, body="<p>never closed")
    handle(saved(world, 3), world.ports)

    document = export(world)

    assert document["objectives"] == []
    assert [one["state"] for one in document["pages"]] == ["errors"]
    assert [one["rule"] for one in document["pages"][0]["findings"]] == ["F-01"]
    assert links_of_page(SITE, PAGE, store=world.store) == set()


def test_times_health_and_pace_are_told_where_they_are_asked_for(world: World) -> None:
    found = export(world, with_times=True)["objectives"][0]

    assert (found["expected"], found["health"]) == (0.586957, "at_risk")
    assert found["key_results"][0]["delivery"]["read_at"] == world.clock.now().isoformat()


def objective(store: FakeStore, key: str) -> JsonObject:
    clock = FakeClock(NOW)
    return find_objective(
        ObjectiveKey(key),
        site=SITE if key.startswith(PAGE) else SAMPLE_SITE,
        store=store,
        clock=clock,
        policy=Policy(),
        words=ENGLISH,
    )


def key_result(store: FakeStore, key: str) -> JsonObject:
    return find_key_result(
        KrKey(key),
        site=SAMPLE_SITE,
        store=store,
        clock=FakeClock(NOW),
        policy=Policy(),
        words=ENGLISH,
    )


@pytest.fixture
def sample() -> Sample:
    return warehouse()


@pytest.fixture
def store(sample: Sample) -> FakeStore:
    store = FakeStore()
    store.save_page(sample.page)
    store.save_page(broken().page)
    return store


def test_every_objective_and_key_result_is_found_by_its_key(
    store: FakeStore, sample: Sample
) -> None:
    assert sample.page.okrs is not None
    for one in sample.page.okrs.objectives:
        assert objective(store, one.key)["title"] == one.title
        for result in one.key_results:
            found = key_result(store, result.key)
            assert (found["title"], found["objective"]["key"]) == (result.title, one.key)


@pytest.mark.parametrize("suffix", ["-99", "-O99", "", "-1-1"])
def test_a_key_that_nothing_has_is_not_found(store: FakeStore, sample: Sample, suffix: str) -> None:
    with pytest.raises(NotFound):
        objective(store, f"{sample.page.page}{suffix}")
    with pytest.raises(NotFound):
        key_result(store, f"{sample.page.page}{suffix}")


def test_milestones_are_told_one_by_one(store: FakeStore, sample: Sample) -> None:
    steps = (Milestone("beta", Fraction(1), True), Milestone("launch", Fraction(3), False))
    page, key = with_metric(sample, Metric(MetricKind.MILESTONES, milestones=steps))
    store.save_page(page)

    found = key_result(store, key)

    assert found["metric"]["milestones"] == [
        {"name": "beta", "weight": "1", "reached": True},
        {"name": "launch", "weight": "3", "reached": False},
    ]
    assert found["outcome"] == 0.25


def with_metric(sample: Sample, metric: Metric) -> tuple[StoredPage, KrKey]:
    okrs = sample.page.okrs
    assert okrs is not None
    first = okrs.objectives[0]
    result = replace(first.key_results[0], metric=metric)
    changed = replace(first, key_results=(result, *first.key_results[1:]))
    pages = replace(sample.page, okrs=replace(okrs, objectives=(changed, *okrs.objectives[1:])))
    return pages, result.key


@pytest.mark.parametrize("state", [PageState.READ, PageState.EMPTY])
def test_a_page_that_is_not_kept_is_described_in_the_same_shape(
    sample: Sample, state: PageState
) -> None:
    page = sample.page if state is PageState.READ else replace(sample.page, okrs=None, state=state)

    found = describe_page(
        page, sample.deliveries, clock=FakeClock(NOW), policy=Policy(), words=ENGLISH
    )

    assert [one["state"] for one in found["pages"]] == [state.value]
    assert len(found["objectives"]) == (2 if state is PageState.READ else 0)
