"""How a text falls into words, and the plain form of a word."""

import itertools
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.languages.words import Word, plain, words

ANY_TEXT = st.text(st.characters(), max_size=40)
CUT = st.text(st.sampled_from("aйё́\u00ad\u200b-' 2_²ʼ\ud800"), max_size=12)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("l'avion d’alerte", ["l", "avion", "d", "alerte"]),
        ("lʼavion", ["l", "avion"]),
        ("mid-course phase", ["mid", "course", "phase"]),
        ("C2 «C²» C4ISR", ["C2", "C²", "C4ISR"]),
        ("Ka-диапазон", ["Ka", "диапазон"]),
        ("2-й эшелон ПРО (С-300)", ["2", "й", "эшелон", "ПРО", "С", "300"]),
        ("théâtre d'opérations, manœuvre", ["théâtre", "d", "opérations", "manœuvre"]),
        ("за\u0301мок", ["за\u0301мок"]),
        ("пере\u00adхватчик", ["пере\u00adхватчик"]),
        ("anti\u200bmissile", ["anti\u200bmissile"]),
        ("missile\u00ad \u00adradar", ["missile", "radar"]),
        ("AN/TPY-2", ["AN", "TPY", "2"]),
        ("one_two…three", ["one", "two", "three"]),
        ("", []),
        ("— « » …", []),
    ],
)
def test_a_text_falls_into_words(text: str, found: list[str]) -> None:
    assert [word.text for word in words(text)] == found


def test_a_word_says_where_it_stands() -> None:
    assert words("L’\U0001f680avion") == [Word("L", 0, 1), Word("avion", 3, 8)]


@given(ANY_TEXT | CUT)
@example("\u00ad\u0301a\u00ad")
@example("а\u00ad\u0301б")
def test_words_stand_in_order_where_they_say(text: str) -> None:
    found = words(text)
    assert [text[word.start : word.end] for word in found] == [word.text for word in found]
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(word.text for word in found)


@given(ANY_TEXT)
def test_no_letter_is_lost(text: str) -> None:
    letters = [c for c in text if c.isalnum() and c not in "ʼʻ"]
    assert [c for word in words(text) for c in word.text if c.isalnum()] == letters


@given(ANY_TEXT | CUT)
@example("\u0345ι")
@example("q\u0301\u0323")
def test_a_plain_word_is_its_own_plain_form(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(st.sampled_from("аеёийбвэÉéàçœŒÏ\u0301\u0306\u0308\u00ad"), max_size=12))
def test_a_word_is_the_same_in_every_normal_form(text: str) -> None:
    assert plain(unicodedata.normalize("NFD", text)) == plain(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Défense", "défense"),
        ("MANŒUVRE", "manoeuvre"),
        ("ЁЛКА", "елка"),
        ("Бой", "бой"),
        ("бои\u0306", "бой"),
        ("за\u0301мок", "замок"),
        ("ракѐта", "ракета"),
        ("пере\u00adхватчик", "перехватчик"),
        ("C²", "c2"),
        ("ﬁeld", "field"),
        ("Ｒadar", "radar"),
        ("Straße", "strasse"),
    ],
)
def test_the_plain_form_of_a_word(word: str, form: str) -> None:
    assert plain(word) == form


def test_a_short_i_is_a_letter_of_its_own() -> None:
    assert plain("бой") != plain("бои")


@pytest.mark.parametrize("text", ["a\u00ad" * 50_000, "\u00ad" * 100_000, "a" + "\u0301" * 100_000, "a'" * 50_000])
def test_no_text_takes_long(text: str) -> None:
    started = time.perf_counter()
    words(text)
    plain(text)
    assert time.perf_counter() - started < 2
