"""What every issue tracker promises: the same tests on the fake and on Jira over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from connector.core.okr import EpicLink, IssueId, IssueKey, JiraLink, JqlLink, StatusCategory
from connector.core.policy import Depth
from tests.contracts.trackers import (
    ALL,
    BROKEN,
    DONE_ONES,
    STORIES,
    TrackerWorld,
    tracker_world,
)


@pytest.fixture(params=["fake", "cloud", "dc"])
def world(request: pytest.FixtureRequest) -> Iterator[TrackerWorld]:
    with tracker_world(request.param) as found:
        yield found


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=30)


def test_an_epic_holds_itself_and_what_is_directly_below_it(world: TrackerWorld) -> None:
    epic, other = world.add("Epic"), world.add("Epic")
    stories = {world.add("Story", epic), world.add("Story", epic)}
    world.add("Story", other)
    world.add("Sub-task", min(stories))

    work = world.tracker.fetch_work([EpicLink(epic)], depth=Depth.CHILDREN)[EpicLink(epic)]

    assert work is not None
    assert work.root is not None
    assert (work.root.key, work.root.hierarchy_level) == (epic, 1)
    assert {issue.key for issue in work.issues} == stories
    assert {issue.parent for issue in work.issues} == {epic}


@pytest.mark.parametrize(
    ("depth", "levels"),
    [(Depth.EPIC, []), (Depth.CHILDREN, [0]), (Depth.SUBTASKS, [-1, 0])],
)
def test_depth_says_how_far_down(world: TrackerWorld, depth: Depth, levels: list[int]) -> None:
    epic = world.add("Epic")
    story = world.add("Story", epic)
    subtask = world.add("Sub-task", story)

    work = world.tracker.fetch_work([EpicLink(epic)], depth=depth)[EpicLink(epic)]

    assert work is not None
    assert sorted(issue.hierarchy_level for issue in work.issues) == levels
    if depth is Depth.SUBTASKS:
        assert {issue.key: issue.parent for issue in work.issues} == {story: epic, subtask: story}


@pytest.mark.parametrize("subtasks", [0, 2])
def test_a_story_can_be_linked_like_an_epic(world: TrackerWorld, subtasks: int) -> None:
    story = world.add("Story")
    below = {world.add("Sub-task", story) for _ in range(subtasks)}

    work = world.tracker.fetch_work([EpicLink(story)], depth=Depth.CHILDREN)[EpicLink(story)]

    assert work is not None
    assert work.root is not None
    assert (work.root.key, work.root.hierarchy_level) == (story, 0)
    assert {issue.key for issue in work.issues} == below


def test_a_hidden_or_unknown_link_is_none_and_spoils_no_other(world: TrackerWorld) -> None:
    seen, hidden = world.add("Epic"), world.add("Epic")
    world.hide(hidden)
    odd = ["HBR-999", "GONE-1", 'A-1") OR key > ("A-1', "", "hbr-1"]
    links = [EpicLink(key) for key in (seen, hidden, *map(IssueKey, odd))]

    for _ in range(2):
        work = world.tracker.fetch_work(links, depth=Depth.CHILDREN)

        assert [link for link, found in work.items() if found is not None] == [EpicLink(seen)]
        assert set(work) == set(links)


def test_no_links_are_no_work(world: TrackerWorld) -> None:
    assert world.tracker.fetch_work([], depth=Depth.SUBTASKS) == {}
    assert not world.tracker.changed_links([], since=just_now())


def test_an_issue_that_was_finished_is_done(world: TrackerWorld) -> None:
    epic = world.add("Epic")
    story = world.add("Story", epic)
    world.finish(story)

    work = world.tracker.fetch_work(
        [EpicLink(epic)], depth=Depth.CHILDREN, reconcile=[world.id_of(story)]
    )[EpicLink(epic)]

    assert work is not None
    (issue,) = work.issues
    assert issue.id == world.id_of(story)
    assert (issue.category, issue.resolution) == (StatusCategory.DONE, "Done")
    assert issue.updated is not None
    assert issue.updated > just_now()


@pytest.mark.parametrize("queries", [[STORIES], [STORIES, DONE_ONES], [STORIES, DONE_ONES, ALL]])
def test_a_query_holds_what_it_finds(world: TrackerWorld, queries: list[str]) -> None:
    """However many queries are asked together."""
    epic = world.add("Epic")
    story, done = world.add("Story", epic), world.add("Story", epic)
    world.finish(done)
    expected = {STORIES: {story, done}, DONE_ONES: {done}, ALL: {epic, story, done}}

    work = world.tracker.fetch_work([JqlLink(q) for q in queries], depth=Depth.CHILDREN)

    for query in queries:
        found = work[JqlLink(query)]
        assert found is not None
        assert found.root is None
        assert {issue.key for issue in found.issues} == expected[query]


def test_a_query_that_is_refused_is_none_and_spoils_no_other(world: TrackerWorld) -> None:
    world.add("Story")
    links = [JqlLink(query) for query in (STORIES, BROKEN, ALL, DONE_ONES)]

    for _ in range(2):
        work = world.tracker.fetch_work(links, depth=Depth.CHILDREN)

        assert [link for link, found in work.items() if found is None] == [JqlLink(BROKEN)]


def test_epics_and_queries_can_be_asked_together(world: TrackerWorld) -> None:
    epic = world.add("Epic")

    work = world.tracker.fetch_work([EpicLink(epic), JqlLink(ALL)], depth=Depth.CHILDREN)

    assert [found is not None for found in work.values()] == [True, True]


def test_links_with_a_change_below_them_are_told_from_the_others(world: TrackerWorld) -> None:
    moved, still = world.add("Epic"), world.add("Epic")
    story = world.add("Story", moved)
    world.add("Story", still)
    epics = [EpicLink(key) for key in (moved, still, IssueKey("GONE-1"))]
    links: list[JiraLink] = [*epics, JqlLink(DONE_ONES), JqlLink(BROKEN)]

    before = world.tracker.changed_links(links, since=just_now())
    world.finish(story)
    after = world.tracker.changed_links(links, since=just_now())

    assert set(before) == set()
    assert set(after) == {EpicLink(moved), JqlLink(DONE_ONES)}


def test_queries_that_an_issue_matches_are_told_from_the_others(world: TrackerWorld) -> None:
    story = world.add("Story")
    queries = [JqlLink(query) for query in (STORIES, DONE_ONES, BROKEN)]
    links: list[JiraLink] = [*queries, EpicLink(story)]

    found = world.tracker.links_matching(world.id_of(story), story, links)

    assert set(found) == {JqlLink(STORIES)}
    assert (
        set(world.tracker.links_matching(IssueId("99999999"), IssueKey("HBR-9999"), links)) == set()
    )
