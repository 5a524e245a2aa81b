"""The people an OKR page names: whose name is missing, and the page with names filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from connector.core.okr import KeyResult, Objective, OkrPage, Person


def accounts_without_name(okrs: OkrPage) -> frozenset[str]:
    """Accounts that are only mentioned: a mention carries an id and no name."""
    return frozenset(one.account_id for one in _people(okrs) if one.account_id and not one.name)


def names_by_account(okrs: OkrPage) -> dict[str, str]:
    return {one.account_id: one.name for one in _people(okrs) if one.account_id and one.name}


def with_names(okrs: OkrPage, names: Mapping[str, str]) -> OkrPage:
    """Names by account, given to those who have none; a name that is written stays."""

    def named(people: tuple[Person, ...]) -> tuple[Person, ...]:
        return tuple(
            one if one.name else replace(one, name=names.get(one.account_id or "", ""))
            for one in people
        )

    def of_result(one: KeyResult) -> KeyResult:
        return replace(one, owners=named(one.owners), partners=named(one.partners))

    def of_objective(one: Objective) -> Objective:
        results = tuple(of_result(result) for result in one.key_results)
        return replace(one, owners=named(one.owners), key_results=results)

    objectives = tuple(of_objective(one) for one in okrs.objectives)
    return replace(okrs, owners=named(okrs.owners), objectives=objectives)


def _people(okrs: OkrPage) -> Iterator[Person]:
    yield from okrs.owners
    for objective in okrs.objectives:
        yield from objective.owners
        for result in objective.key_results:
            yield from result.owners
            yield from result.partners
