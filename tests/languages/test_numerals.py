"""Numbers in Arabic and Roman figures."""

import pytest

from app.languages.numerals import numbers, other_numeral


@pytest.mark.parametrize(("word", "other"), [("3", "iii"), ("III", "3"), ("iv", "4"), ("12", "xii"), ("XII", "12")])
def test_a_small_number_has_other_figures(word: str, other: str) -> None:
    assert other_numeral(word) == other


@pytest.mark.parametrize("word", ["300", "0", "v", "X", "mix", "СНВ", ""])
def test_what_is_no_small_number_has_none(word: str) -> None:
    assert other_numeral(word) is None


def test_the_numbers_of_a_text_are_those_that_stand_alone_or_end_a_word() -> None:
    assert numbers(["СНВ", "III"]) == numbers(["СНВ", "3"]) == ["3"]
    assert numbers(["С", "300", "c2"]) == ["300", "2"]
    assert numbers(["перехват4ик"]) == []
