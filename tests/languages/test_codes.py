"""The three languages and their pairs."""

import itertools

from app.languages.codes import LANGUAGES, PAIRS, pair_of


def test_two_languages_form_one_pair_in_either_order() -> None:
    assert pair_of("en", "ru") == pair_of("ru", "en") == "en-ru"
    assert {pair_of(one, other) for one, other in itertools.combinations(LANGUAGES, 2)} == set(PAIRS)


def test_a_language_forms_no_pair_with_itself() -> None:
    assert [pair_of(code, code) for code in LANGUAGES] == [None, None, None]
