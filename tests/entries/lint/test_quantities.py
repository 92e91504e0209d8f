"""Numbers, units and dates, as the three languages write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.entries.lint.grammar.quantities import MONTH, quantities, spelled
from app.languages.codes import LANGUAGES, LanguageCode


def read(text: str, language: LanguageCode) -> list[tuple[str, str]]:
    """Each number of a text with its unit, in base units."""
    found = quantities(text, language)
    return [(f"{(q.amount if q.unit else q.number):f}".removesuffix(".0"), q.unit or "") for q in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "no more than 3,000 km", [("3000000", "m")]),
        ("fr", "au plus 3\u202f000 km", [("3000000", "m")]),
        ("fr", "au plus 3\u00a0000\u00a0kilomètres", [("3000000", "m")]),
        ("ru", "не более 3000 км", [("3000000", "m")]),
        ("ru", "не более 3 тыс. км", [("3000000", "m")]),
        ("ru", "не более трёх, точнее 3,5 километра", [("3500", "m")]),
        ("en", "5.5 km/s or 5.5 kilometres per second", [("5500", "m/s"), ("5500", "m/s")]),
        ("fr", "5,5 km/s ou 5,5 kilomètres par seconde", [("5500", "m/s"), ("5500", "m/s")]),
        ("ru", "5,5 км/с, то есть 5,5 километра в секунду", [("5500", "m/s"), ("5500", "m/s")]),
        ("en", "a 150-km zone", [("150000", "m")]),
        ("en", "50% or 50 per cent", [("50", "%"), ("50", "%")]),
        ("fr", "50\u00a0% ou 50 pour cent", [("50", "%"), ("50", "%")]),
        ("ru", "50 % или 50 процентов", [("50", "%"), ("50", "%")]),
        ("en", "at 30° and 10 °C", [("30", "°"), ("10", "°C")]),
        ("en", "Mach 5", [("5", "Mach")]),
        ("ru", "число Маха 5", [("5", "Mach")]),
        ("en", "3 million people, 20 kt", [("3000000", ""), ("20", "kt")]),
        ("fr", "3 millions de kilomètres", [("3000000000", "m")]),
        ("ru", "2 млрд рублей", [("2000000000", "")]),
        ("en", "on 26 September 1997", [("26", ""), ("9", MONTH), ("1997", "")]),
        ("en", "on May 26, 1972 it may end", [("5", MONTH), ("26", ""), ("1972", "")]),
        ("fr", "le 1er juillet 1968", [("1", ""), ("7", MONTH), ("1968", "")]),
        ("ru", "3 мая 1972 года", [("3", ""), ("5", MONTH), ("1972", "")]),
        ("ru", "26.09.1997", [("26", ""), ("9", MONTH), ("1997", "")]),
        ("en", "1997-09-26", [("26", ""), ("9", MONTH), ("1997", "")]),
        ("en", "9/26/1997", [("26", ""), ("9", MONTH), ("1997", "")]),
        ("en", "04/05/1949", [("1949", "")]),
        ("en", "in the mid-1970s, on the 2nd day", [("1970", ""), ("2", "")]),
        ("fr", "les années 1970, le 2e jour", [("1970", ""), ("2", "")]),
        ("ru", "на 30-й секунде, в 1990-х годах", [("30", ""), ("1990", "")]),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(
    language: LanguageCode, text: str, expected: list[tuple[str, str]]
) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the S-300, the SA-10 and the MIM-104, a 3-D radar, C3 and C4ISR, version 8.4.3"),
        ("fr", "le S-300, le radar 3D, le réseau L16 et le système C3"),
        ("ru", "комплексы С-300 и 9М83, ракета 48Н6Е2, «Першинг-2», сигнал М8"),
    ],
)
def test_the_digits_of_designations_are_no_numbers(language: LanguageCode, text: str) -> None:
    assert read(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "two stages, twenty missiles", {2, 20}),
        ("fr", "deux étages, une vingtaine de missiles au XXe siècle", {2, 20, 100}),
        ("ru", "двухступенчатая ракета XX века, двадцать ракет", {2, 20, 100}),
        ("ru", "девяносто шесть и XIV", {90, 6, 14}),
    ],
)
def test_numbers_in_words_and_roman_figures(language: LanguageCode, text: str, numbers: set[int]) -> None:
    assert spelled(text, language) == set(map(Decimal, numbers))


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("1,000 km", "1,000 km", True),
        ("3 km", "3,000 m", True),
        ("5 m", "5 s", False),
        ("from 500", "500 km", True),
        ("the 1990s", "the 90s", True),
        ("May 2002", "June 2002", False),
    ],
)
def test_quantities_agree_when_they_may_mean_the_same(one: str, other: str, agree: bool) -> None:
    assert quantities(one, "en")[0].agrees(quantities(other, "en")[0]) is agree
    assert quantities(other, "en")[0].agrees(quantities(one, "en")[0]) is agree


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(LANGUAGES))
def test_a_grouped_number_is_the_number(number: int, language: LanguageCode) -> None:
    separator = "," if language == "en" else "\u00a0"
    (found,) = quantities(f"{number:,}".replace(",", separator), language)
    assert found.number == number


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(text: str, language: LanguageCode) -> None:
    for quantity in quantities(text, language):
        start, end = quantity.span
        assert any(character.isdigit() for character in text[start:end]) or quantity.unit == MONTH
        assert quantity.agrees(quantity)
    spelled(text, language)
