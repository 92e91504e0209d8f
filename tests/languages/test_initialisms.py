"""Initialisms: which words they are, and the few forms that they have."""

import pytest

from app.languages.codes import LanguageCode
from app.languages.initialisms import is_form_of_initialism, is_initialism


@pytest.mark.parametrize("word", ["ICBM", "MaRV", "HCoC", "BMC3I", "PENAIDS", "OTAN", "ДРЛОиУ", "СНВ", "НАТО"])
def test_words_in_capitals_are_initialisms(word: str) -> None:
    assert is_initialism(word)


@pytest.mark.parametrize("word", ["missile", "Hague", "Договор", "с", "D", "ПРОТИВОРАКЕТНАЯ"])
def test_words_are_none(word: str) -> None:
    assert not is_initialism(word)


def test_one_capital_makes_an_abbreviation_an_initialism() -> None:
    assert is_initialism("Pk", abbreviated=True)
    assert not is_initialism("Pk")
    assert not is_initialism("sensor", abbreviated=True)


FORMS: list[tuple[LanguageCode, str, tuple[str, ...]]] = [
    ("en", "WMD", ("wmd", "WMDs", "wmds", "WMDS")),
    ("en", "SAM", ("SAMs", "sams")),
    ("en", "MANPADS", ("MANPAD", "manpad", "MANPADSs")),
    ("en", "LOS", ("LOSs",)),
    ("fr", "ADM", ("adm",)),
    ("ru", "НУРС", ("НУРСы", "НУРСов", "НУРСАМИ", "нурсами")),
    ("ru", "ЦОД", ("ЦОДа", "ЦОДы", "цодов")),
    ("ru", "СИЗ", ("СИЗы", "СИЗов")),
]

OTHERS: list[tuple[LanguageCode, str, tuple[str, ...]]] = [
    ("en", "LOS", ("loss", "LOSS")),
    ("en", "SAM", ("samed", "same", "SA")),
    ("en", "COP", ("copies", "copied")),
    ("en", "CAS", ("CA",)),
    ("fr", "COP", ("copie", "copies", "cops")),
    ("fr", "ADM", ("ADMs", "admis")),
    ("ru", "СИЗ", ("сизый", "сизая", "сизом")),  # «сизом» is a form of «сизый»
    ("ru", "ЗРК", ("ЗРКа", "ЗРКов")),  # not read as a word
    ("ru", "НАТО", ("НАТОм", "НАТОв")),  # ends in a vowel
    ("ru", "УР", ("туры", "урна")),
]


@pytest.mark.parametrize(("language", "initialism", "forms"), FORMS)
def test_forms_that_people_write_are_known(language: LanguageCode, initialism: str, forms: tuple[str, ...]) -> None:
    assert [form for form in forms if not is_form_of_initialism(form, initialism, language)] == []


@pytest.mark.parametrize(("language", "initialism", "words"), OTHERS)
def test_words_with_the_same_stem_are_no_forms(
    language: LanguageCode, initialism: str, words: tuple[str, ...]
) -> None:
    assert [word for word in words if is_form_of_initialism(word, initialism, language)] == []
