"""Slips of the hand, and what is rather another word or abbreviation."""

import pytest

from app.languages.slips import is_slip, is_slip_of_abbreviation


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("icmb", "icbm"),
        ("iccbm", "icbm"),
        ("icbmm", "icbm"),
        ("manpad", "manpadd"),
        ("пзкр", "пзрк"),
        ("comsm", "comms"),
    ],
)
def test_neighbours_swapped_and_doubled_letters_are_slips(typed: str, meant: str) -> None:
    assert is_slip(typed, meant)
    assert is_slip_of_abbreviation(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("albm", "abm"), ("asbm", "srbm"), ("мвд", "твд"), ("rain", "raid"), ("iicbm2", "icbm"), ("abm", "abmcd")],
)
def test_another_letter_is_none(typed: str, meant: str) -> None:
    assert not is_slip(typed, meant)
    assert not is_slip_of_abbreviation(typed, meant)


def test_so_short_an_abbreviation_is_never_taken_for_misspelt() -> None:
    assert not is_slip_of_abbreviation("loss", "los")
    assert not is_slip_of_abbreviation("пор", "про")


def test_in_a_long_abbreviation_one_letter_may_be_wrong() -> None:
    assert is_slip_of_abbreviation("manpags", "manpads")
    assert is_slip_of_abbreviation("altbnd", "altbmd")
    assert not is_slip_of_abbreviation("manpahs", "manpdas")


def test_a_digit_is_never_a_slip() -> None:
    assert not is_slip_of_abbreviation("bmc44i", "bmc4i")
    assert not is_slip_of_abbreviation("bmdc3i2", "bmdc3i")
