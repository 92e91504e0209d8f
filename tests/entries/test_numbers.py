"""Permanent numbers."""

import pytest

from app.entries.numbers import LARGEST, Numbering, dated_number, entry_id, entry_number, next_number, spend_number
from app.errors import NotFound


def test_an_entry_number_has_four_digits_or_more() -> None:
    assert [entry_number(n) for n in (17, 1001, 12345)] == ["TMD-0017", "TMD-1001", "TMD-12345"]


@pytest.mark.parametrize("ref", ["TMD-0017", "tmd-0017", "17", "0017", "TMD-17"])
def test_an_entry_is_found_by_number_or_id(ref: str) -> None:
    assert entry_id(ref) == 17


@pytest.mark.parametrize(
    "ref",
    [
        "",
        "0",
        "-1",
        "TMD-",
        "TMD-0000",
        "ABC-0017",
        "17 ",
        " 17",
        "17\n",
        "1e3",
        "²",
        "١٧",
        "17.0",
        str(LARGEST + 1),
        "9" * 60,
    ],
)
def test_anything_else_names_no_entry(ref: str) -> None:
    with pytest.raises(NotFound):
        entry_id(ref)


@pytest.mark.parametrize("number", [1, 17, 999, 1001, 99999, LARGEST])
def test_a_number_names_its_own_entry(number: int) -> None:
    assert entry_id(entry_number(number)) == number


def test_proposals_and_decisions_are_numbered_by_year() -> None:
    assert dated_number("P", 2026, 42) == "P(2026)0042"
    assert dated_number("D", 2027, 12345) == "D(2027)12345"


def test_a_series_has_no_holes_and_begins_where_it_is_told(db) -> None:
    assert [next_number(db, "A", first=1001) for _ in range(3)] == [1001, 1002, 1003]


def test_each_year_has_a_series_of_its_own(db) -> None:
    given = [next_number(db, "P", year) for year in (2026, 2026, 2027, 2026)]
    assert given == [1, 2, 1, 3]


def test_a_number_given_from_outside_is_not_given_out_again(db) -> None:
    spend_number(db, "A", 1005, first=1001)
    assert next_number(db, "A", first=1001) == 1006
    spend_number(db, "A", 1002, first=1001)
    assert next_number(db, "A", first=1001) == 1007


def test_a_number_below_the_series_does_not_move_it(db) -> None:
    spend_number(db, "A", 17, first=1001)
    assert next_number(db, "A", first=1001) == 1001


def test_a_series_that_is_told_to_begin_later_never_goes_back(db) -> None:
    assert next_number(db, "A", first=1) == 1
    assert next_number(db, "A", first=1001) == 1001
    assert next_number(db, "A", first=1) == 1002


def test_many_numbers_are_given_out_as_one_by_one(db) -> None:
    given, spent = next_number(db, "A", first=1001), Numbering(db, "A", 1001)
    assert given == 1001
    assert (spent.next(), spent.next()) == (1002, 1003)
    spent.spend(17)
    spent.spend(1010)
    spent.spend(1005)
    assert spent.next() == 1011
    spent.store()
    assert next_number(db, "A", first=1001) == 1012


def test_a_series_of_which_nothing_is_taken_does_not_begin(db) -> None:
    untouched = Numbering(db, "A", 1001)
    untouched.spend(17)
    untouched.store()
    assert next_number(db, "A", first=1) == 1
    begun = Numbering(db, "B", 1001)
    begun.spend(1001)
    begun.store()
    assert next_number(db, "B", first=1001) == 1002
