"""Alphabetical order in the three languages."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyuca import Collator

from app.languages.codes import LANGUAGES
from app.languages.sorting import KEY_BYTES, initial, sort_key
from tests.languages.glossary import terms


@pytest.fixture(scope="module")
def unicode_order() -> Collator:
    """The default order of the Unicode Collation Algorithm, by another program."""
    return Collator()


@pytest.fixture(scope="module")
def glossary_terms() -> dict[str, set[str]]:
    """The terms of the shipped glossary by language."""
    return {language: {term.text for term in terms(language)} for language in LANGUAGES}


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_the_terms_of_the_glossary_stand_in_unicode_order(
    language: str, glossary_terms: dict[str, set[str]], unicode_order: Collator
) -> None:
    # The Unicode algorithm has no counting of digits, which is tested below.
    ordered = sorted(t for t in glossary_terms[language] if not any(c.isdigit() for c in t))
    assert len(ordered) > 50
    assert sorted(ordered, key=sort_key) == sorted(ordered, key=unicode_order.sort_key)


def test_one_key_serves_a_list_of_all_three_languages(
    glossary_terms: dict[str, set[str]], unicode_order: Collator
) -> None:
    everything = set().union(*glossary_terms.values())
    ordered = sorted(t for t in everything if not any(c.isdigit() for c in t))
    assert sorted(ordered, key=sort_key) == sorted(ordered, key=unicode_order.sort_key)


ORDERED = [
    ["cote", "coté", "côte", "côté"],
    ["еж", "ёж", "ёлка", "ель"],
    ["и", "й", "к"],
    ["мои", "мой", "мок"],
    ["péché", "pèche", "pêche", "pécher"],
    ["obus", "œil", "œuvre", "ogive"],
    ["замок", "за\u0301мок", "замочек"],
    ["radar", "Radar", "radar cross-section"],
    ["mid course", "mid-course", "midcourse"],
    ["phase 2", "phase 10", "phase 100"],
    ["2-й эшелон", "10-й эшелон", "эшелон"],
    ["air defence", "air-launched", "airborne"],
    ["d'abord", "dard"],
    ["antimissile", "missile", "ракета"],
    ["ПВО", "ПРО", "пуск"],
    ["про", "ПРО", "прогноз"],
]


@pytest.mark.parametrize("words", ORDERED, ids=lambda words: words[0])
def test_words_stand_where_a_reader_looks_for_them(words: list[str]) -> None:
    for typed in itertools.permutations(words):
        assert sorted(typed, key=sort_key) == words


def test_quotation_marks_and_brackets_at_the_edges_do_not_count() -> None:
    assert sort_key("«leurre»") == sort_key("leurre") == sort_key("(leurre)")


def test_a_ligature_counts_as_its_two_letters() -> None:
    assert sort_key("manœuvre") == sort_key("manoeuvre")


@given(st.text(st.characters(), max_size=300))
@example("ѣ" * 250)
@example("1" * 300)
def test_keys_are_bounded_whatever_is_sorted(text: str) -> None:
    assert len(sort_key(text)) <= KEY_BYTES


@pytest.mark.parametrize(
    ("term", "letter"),
    [
        ("decoy", "D"),
        ("étude", "E"),
        ("œuvre", "O"),
        ("«leurre»", "L"),
        ("ёлка", "Е"),
        ("йод", "Й"),
        ("ПРО", "П"),
        ("3-D radar", "#"),
        ("-", "#"),
        ("", "#"),
    ],
)
def test_a_term_stands_under_its_first_letter(term: str, letter: str) -> None:
    assert initial(term) == letter


@given(st.text(st.characters(), max_size=5))
def test_every_text_stands_under_one_sign(text: str) -> None:
    assert len(initial(text)) == 1
