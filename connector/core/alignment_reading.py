"""From a page that was read to its objectives as the network knows them."""

from collections.abc import Iterator
from dataclasses import replace

from connector.core.alignment import Aligned, Dependency
from connector.core.alignment_names import linked_in, ref_of, refs_of, risk_owner
from connector.core.cycle import cycle_of
from connector.core.okr import FROZEN_STATES, Objective, PageState, StoredPage


def aligned_of(page: StoredPage, *, fiscal_year_start_month: int = 1) -> tuple[Aligned, ...]:
    """
    The objectives of a page that takes part; none of any other.

    Those that are closed or abandoned may be supported still, but support nobody themselves: what
    they say is history.
    """
    okrs = page.shown
    if page.state is PageState.GONE or okrs is None:
        return ()
    month = fiscal_year_start_month
    cycle = cycle_of(okrs.cycle, fiscal_year_start_month=month) if okrs.cycle else None
    return tuple(
        _with_words(
            Aligned(
                one.key,
                page.page,
                one.title,
                okrs.level,
                cycle,
                tuple((result.key, result.title) for result in one.key_results),
                space=page.space,
                page_title=page.title,
                number=number,
                alone=len(okrs.objectives) == 1,
            ),
            one,
        )
        for number, one in enumerate(okrs.objectives, start=1)
    )


def _with_words(known: Aligned, one: Objective) -> Aligned:
    """What the author wrote about alignment, as names."""
    if one.state in FROZEN_STATES:
        return replace(known, live=False)
    return replace(
        known,
        parents=refs_of(one.parents, space=known.space),
        contribution=one.contribution,
        dependencies=tuple(_dependencies(one, known.space)),
        needed_by=refs_of(
            (ref for ref in one.needed_by if ref.confirmed is not False), space=known.space
        ),
    )


def _dependencies(one: Objective, space: str) -> Iterator[Dependency]:
    beside = linked_in(one.dependencies, space=space)
    for ref in one.dependencies:
        named = ref_of(ref, space=space, beside=beside)
        yield Dependency(ref.text, bool(ref.confirmed), risk_owner(ref.text), (named,))
