"""Pieces of words: what is near shares one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from app.languages.pieces import errors_allowed, near_pieces, pieces

words = st.text(alphabet="абвгдежзиклмнопрстуch", min_size=1, max_size=14)


@st.composite
def misspelt(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the same with as many errors as are allowed in it."""
    word = draw(words)
    wrong = word
    for _ in range(draw(st.integers(0, errors_allowed(len(word))))):
        place = draw(st.integers(0, max(len(wrong) - 1, 0)))
        change = draw(st.sampled_from(("out", "in", "other", "swapped")))
        letter = draw(st.sampled_from("аеор"))
        tail = wrong[place + 1 :]
        wrong = {
            "out": wrong[:place] + tail,
            "in": wrong[:place] + letter + wrong[place:],
            "other": wrong[:place] + letter + tail,
            "swapped": wrong[:place] + wrong[place + 1 : place + 2] + wrong[place : place + 1] + wrong[place + 2 :],
        }[change]
    return word, wrong


@given(misspelt())
def test_a_misspelt_word_shares_a_piece_with_the_right_one(pair: tuple[str, str]) -> None:
    word, wrong = pair
    allowed = errors_allowed(max(len(word), len(wrong)))
    if OSA.distance(word, wrong) <= min(allowed, 1):
        assert near_pieces(word) & near_pieces(wrong), pair
    if OSA.distance(word, wrong) <= allowed:
        assert pieces(word) & pieces(wrong), pair


@given(words)
def test_pieces_are_few_and_short(word: str) -> None:
    found = pieces(word)
    assert len(found) <= 46 + len(word) + 1
    assert all(len(piece) <= len(word) + 1 for piece in found)
    assert word in found


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("misile", "missile"), ("перехватчк", "перехватчик"), ("trajetcoire", "trajectoire"), ("рокета", "ракета")],
)
def test_words_as_people_misspell_them(wrong: str, right: str) -> None:
    assert pieces(wrong) & pieces(right)


def test_an_abbreviation_is_not_taken_for_another() -> None:
    assert errors_allowed(len("ПРО")) == 0
    assert pieces("аб") == {"аб"}
