"""Names for people who are only mentioned, wherever a page names people."""

from dataclasses import replace

from connector.core.okr import OkrPage, Person
from connector.core.people import accounts_without_name, names_by_account, with_names
from tests.fakes.okrs import warehouse

ANA, BO, GONE = Person("", "1:a"), Person("", "1:b"), Person("", "1:gone")
WRITTEN, TOLD = Person("张三"), Person("Li Wei", "1:c")


def page() -> OkrPage:
    """Each of the four places where people stand has its own."""
    okrs = warehouse().page.okrs
    assert okrs is not None
    first, *_ = okrs.objectives
    result = replace(first.key_results[0], owners=(ANA, WRITTEN), partners=(BO,))
    objective = replace(first, owners=(TOLD, GONE), key_results=(result,))
    return replace(okrs, owners=(ANA,), objectives=(objective,))


def test_accounts_without_a_name_are_found_in_every_place() -> None:
    assert accounts_without_name(page()) == {"1:a", "1:b", "1:gone"}
    assert names_by_account(page()) == {"1:c": "Li Wei"}


def test_names_are_filled_in_and_written_ones_stay() -> None:
    named = with_names(page(), {"1:a": "Ana", "1:b": "Bo", "1:c": "Other"})

    (objective,) = named.objectives
    (result,) = objective.key_results
    assert named.owners == (Person("Ana", "1:a"),)
    assert objective.owners == (TOLD, GONE)
    assert result.owners == (Person("Ana", "1:a"), WRITTEN)
    assert result.partners == (Person("Bo", "1:b"),)
    assert accounts_without_name(named) == {"1:gone"}
