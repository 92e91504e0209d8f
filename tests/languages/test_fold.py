"""Look-up keys: what counts as the same word, and what does not."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.languages.fold import KEY_LENGTH, fold

ANY_TEXT = st.text(st.characters(), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mid-course", "midcourse"),
        ("Mid-Course Phase", "mid‑course  phase"),
        ("air-raid shelter", "AIR RAID SHELTER"),
        ("théâtre d'opérations", "Theatre d’operations"),
        ("théâtre d’opérations", "THÉÂTRE D‘OPÉRATIONS"),
        ("manœuvre", "manoeuvre"),
        ("Œuvre", "oeuvre"),
        ("boost\u00a0phase", "boost phase"),
        ("ёлка", "елка"),
        ("ЁЛКА", "ёлка"),
        ("самолёт-разведчик", "самолет разведчик"),
        ("ПРО ТВД", "про твд"),
        ("П.Р.О.", "ПРО"),
        ("за\u0301мок", "замок"),
        ("NMD (national missile defence)", "NMD national missile defence"),
        ("«leurre»", "leurre"),
        ("ﬁeld of view", "field of view"),
        ("C²", "C2"),
        ("Straße", "STRASSE"),
    ],
)
def test_ways_of_typing_the_same_term_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("мой", "мои"),
        ("бой", "бои"),
        ("й", "и"),
        ("ПРО", "ПВО"),
        ("ь", "ъ"),
        ("шит", "щит"),
        ("decoy", "decoys"),
        ("cible", "câble"),
        ("C2", "C3"),
        ("про", "npo"),
    ],
)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_short_i_keeps_its_sign_however_it_is_stored() -> None:
    assert fold("боевои\u0306") == fold("боевой") == "боевой"


@given(ANY_TEXT)
@example("ёй œ\u0301")
@example("\u0345\u03b9")
@example("각\u11a8")
def test_a_text_has_the_same_key_whatever_its_normal_form(text: str) -> None:
    keys = {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert keys == {fold(text)}


@given(ANY_TEXT)
@example("é" * 300)
@example("ﷺ" * 100)
@example("-и\u0306")
def test_a_key_is_its_own_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
@example("-")
@example(" \u00ad ")
@example("\u0301")
@example("…")
def test_no_text_has_an_empty_key(text: str) -> None:
    assert fold(text)


@given(st.text(st.characters(), min_size=200, max_size=600))
@example("ﷺ" * 250)
def test_keys_fit_an_index_row(text: str) -> None:
    assert len(fold(text)) <= KEY_LENGTH
