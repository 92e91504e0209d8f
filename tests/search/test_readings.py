"""The ways in which a query may have been meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.readings import MOST, Reading, Trust, other_readings


def readings(query: str) -> dict[str, Trust]:
    return {reading.text: reading.trust for reading in other_readings(query)}


@pytest.mark.parametrize(
    ("query", "text", "trust"),
    [
        ("ПPО", "ПРО", Trust.LOOKALIKE),
        ("BКO", "ВКО", Trust.LOOKALIKE),
        ("мoбильнaя ycтaнoвкa", "мобильная установка", Trust.LOOKALIKE),
        ("АBМ", "ABM", Trust.LOOKALIKE),
        ("raketa", "ракета", Trust.TRANSLITERATED),
        ("perekhvatchik", "перехватчик", Trust.TRANSLITERATED),
        ("патриот", "patriot", Trust.TRANSLITERATED),
        ("hfrtnf", "ракета", Trust.LAYOUT),
        ("ghjnbdjhfrtnyfz j,jhjyf", "противоракетная оборона", Trust.LAYOUT),
        ("ьшыышду", "missile", Trust.LAYOUT),
        ("GHJ", "ПРО", Trust.LAYOUT),
        (";issile de th2[qtre", "missile de théatre", Trust.LAYOUT),
    ],
)
def test_a_query_is_read_otherwise_than_it_was_typed(query: str, text: str, trust: Trust) -> None:
    assert readings(query)[text] is trust


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("missile", ("en", "fr")),
        ("ракета", ("ru",)),
        ("GPS-приёмник", ("en", "fr", "ru")),
        ("2000", ("en", "fr", "ru")),
    ],
)
def test_letters_tell_which_languages_a_query_may_be_in(text: str, languages: tuple[str, ...]) -> None:
    assert Reading.of(Trust.TYPED, text).languages == languages


@given(st.text(max_size=250))
def test_there_are_few_readings_each_of_them_once_and_none_is_the_query(query: str) -> None:
    found = other_readings(query)
    assert len(found) < MOST
    assert len({reading.text for reading in found}) == len(found)
    assert query not in {reading.text for reading in found}
    assert [reading.trust for reading in found] == sorted(reading.trust for reading in found)
    assert all(any(character.isalnum() for character in reading.text) for reading in found)
