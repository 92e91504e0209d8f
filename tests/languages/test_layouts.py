"""What the same keys give on another keyboard layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.languages.layouts import typed_elsewhere


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("GHJ", "ПРО"),
        ("ghj", "про"),
        ("GHJ NDL", "ПРО ТВД"),
        ("hfrtnf", "ракета"),
        ("gtht[dfn", "перехват"),
        ("j,]trn", "объект"),
        ('J,jhjyf "itkjyf', "Оборона Эшелона"),
        ("`vrjcnm", "ёмкость"),
        ("~vrjcnm", "Ёмкость"),
        (";tktpj", "железо"),
        ("<kjr", "Блок"),
        ("k.r", "люк"),
        ("C-300", "С-300"),
    ],
)
def test_russian_typed_on_an_english_keyboard(typed: str, meant: str) -> None:
    assert typed_elsewhere(typed)[0] == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wlthyfw", "ядерная"),
        ("ztk,", "цель"),
        ("j;jhjyf", "оборона"),
        ("ùitkjy", "эшелон"),
        ("gtht^dfn", "перехват"),
        ("k:r", "люк"),
        ("HFRTNF", "РАКЕТА"),
    ],
)
def test_russian_typed_on_a_french_keyboard(typed: str, meant: str) -> None:
    assert meant in typed_elsewhere(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ьшыышду", "missile"),
        ("вусщн", "decoy"),
        ("ИЬВ", "BMD"),
        ("ьшв-сщгкыу", "mid-course"),
        ("дугкку", "leurre"),
        ("жшыышду", "missile"),  # with the French keyboard in mind
        ("кйвйк", "radar"),
    ],
)
def test_english_and_french_typed_on_a_russian_keyboard(typed: str, meant: str) -> None:
    assert meant in typed_elsewhere(typed)


@pytest.mark.parametrize(
    ("typed", "meant"), [("rqdqr", "radar"), ("zqrheqd", "warhead"), (",issile", "missile"), (";issile", "missile")]
)
def test_latin_keyboards_are_taken_for_one_another(typed: str, meant: str) -> None:
    assert meant in typed_elsewhere(typed)


@pytest.mark.parametrize("text", ["", "300", "-", "ПРО BMD", "ПPО", "λ"])
def test_what_no_one_layout_gives_has_no_other(text: str) -> None:
    assert typed_elsewhere(text) == ()


def test_a_letter_that_a_layout_lacks_rules_it_out() -> None:
    assert typed_elsewhere("œil") == ()
    assert typed_elsewhere("éclat") == ("2сдйе", "2clqt", "éclqt")


@given(st.text(st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВЖЭЮЁ -"), max_size=20))
def test_russian_comes_back_by_the_keys_it_was_typed_on(text: str) -> None:
    for typed in typed_elsewhere(text):
        if any(character.isalpha() for character in typed):
            assert text in typed_elsewhere(typed)


@given(st.text(st.characters(), max_size=30))
def test_readings_are_few_and_other_than_the_text(text: str) -> None:
    found = typed_elsewhere(text)
    assert len(found) <= 4
    assert len({text, *found}) == len(found) + 1
    assert all(len(reading) == len(text) for reading in found)
