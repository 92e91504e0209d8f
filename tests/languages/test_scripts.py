"""Latin and Cyrillic letters in one text."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.languages.scripts import letters_for_digits, lookalikes, mixed_script_words, repaired, script

MIXTURES = st.text(st.sampled_from("ABCEHKMOPTXYaceopxyАВСЕНКМОРТХУасеорхуПЛДWRz -1"), max_size=20)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("a", "latin"), ("é", "latin"), ("œ", "latin"), ("Ш", "cyrillic"), ("ё", "cyrillic"), ("й", "cyrillic"),
        ("ѣ", "cyrillic"), ("λ", "greek"), ("Ω", "greek"), ("1", None), ("-", None), ("漢", None), ("×", None),
        ("\u0301", None), ("\ud800", None),
    ],
)  # fmt: skip
def test_the_script_of_a_letter(character: str, name: str | None) -> None:
    assert script(character) == name


def test_scripts_are_those_of_unicode() -> None:
    for letter in filter(str.isalpha, map(chr, [*range(0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)])):
        name = unicodedata.name(letter)
        said = next((found for found in ("latin", "cyrillic", "greek") if name.startswith(found.upper())), None)
        assert script(letter) == said or said is None, name


@pytest.mark.parametrize(
    "text", ["Ka-диапазон", "С-300 SAM", "ПРО и BMD", "λ-зонд", "4-й этап", "théâtre", "2х300", ""]
)
def test_scripts_may_stand_beside_each_other(text: str) -> None:
    assert mixed_script_words(text) == []
    assert repaired(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ПPО", "ПРО"),
        ("ТBД", "ТВД"),
        ("TBД", "ТВД"),
        ("рaкета", "ракета"),
        ("ракета-пeрехватчик", "ракета-перехватчик"),
        ("mіssile", "missile"),
        ("mоbile radаr", "mobile radar"),
        ("СОMINT", "COMINT"),
        ("система ПBО и ПPО", "система ПВО и ПРО"),
        ("ЁЛКA", "ЁЛКА"),
        ("про tbд", "про твд"),
        ("ТB defence", "TB defence"),
        ("рубеж ТB", "рубеж ТВ"),
        ("шWит", "шWит"),
    ],
)
def test_mixed_words_are_put_into_one_script(typed: str, meant: str) -> None:
    assert repaired(typed) == meant


def test_a_mixed_word_says_where_it_stands() -> None:
    assert [(word.start, word.end) for word in mixed_script_words("ПРО и ПPО")] == [(6, 9)]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("TBM", ("ТВМ",)),
        ("ТВМ", ("TBM",)),
        ("ABM", ("АВМ",)),
        ("PAC-3", ("РАС-3",)),
        ("система PTK", ("система РТК",)),
        ("ТВД", ()),
        ("missile", ()),
        ("", ()),
        ("300", ()),
    ],
)
def test_words_of_look_alikes_may_be_of_the_other_alphabet(text: str, others: tuple[str, ...]) -> None:
    assert lookalikes(text) == others


@given(MIXTURES | st.text(st.characters(), max_size=20))
@example("AА")
@example("Aа Ш")
def test_a_mended_text_needs_no_mending(text: str) -> None:
    assert repaired(repaired(text)) == repaired(text)


@given(MIXTURES)
def test_mending_changes_no_length_and_no_whole_word(text: str) -> None:
    mended = repaired(text)
    assert len(mended) == len(text)
    assert len(mixed_script_words(mended)) <= len(mixed_script_words(text))


@given(st.text(st.sampled_from("ABCEHKMOPTXY -1"), max_size=12))
def test_the_other_alphabet_leads_back(text: str) -> None:
    others = lookalikes(text)
    assert len(others) == any(character.isalpha() for character in text)
    assert all(lookalikes(other) == (text,) for other in others)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3РК", "ЗРК"), ("ПР0", "ПРО"), ("система ПР0", "система ПРО"), ("3PK", "ЗРК"), ("1CBM", "ICBM"),
        ("lCBM", "ICBM"), ("0TAN", "OTAN"), ("A1CM", "ALCM"), ("РХБ3 защита", "РХБЗ защита"),
    ],
)  # fmt: skip
def test_digits_in_a_word_may_be_letters(text: str, meant: str) -> None:
    assert meant in letters_for_digits(text)


@pytest.mark.parametrize("text", ["СНВ-3", "300", "С-300", "missile", "All", "BMC2"])
def test_digits_that_stand_alone_are_digits(text: str) -> None:
    assert letters_for_digits(text) == ()
