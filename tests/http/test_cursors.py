"""A cursor leads on in its own list, and nowhere else."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.http.cursors import decode_cursor, encode_cursor

places = st.tuples(st.text(max_size=40), st.integers(-(2**31), 2**31), st.floats(allow_nan=False))


@given(places, st.text(max_size=20))
def test_a_cursor_comes_back_as_it_went_out(place: tuple[str, int, float], question: str) -> None:
    cursor = encode_cursor(list(place), "search", question)
    assert decode_cursor(cursor, (str, int, float), "search", question) == list(place)
    assert cursor.isascii()
    assert all(sign.isalnum() or sign in "-_" for sign in cursor)


def test_a_cursor_of_another_question_is_refused() -> None:
    cursor = encode_cursor([17], "entries", ["agreed"])
    with pytest.raises(InvalidInput) as refused:
        decode_cursor(cursor, (int,), "entries", ["proposed"])
    assert (refused.value.field, refused.value.params["reason"]) == ("cursor", "bad_cursor")


@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_no_text_breaks_the_reading_of_cursors(text: str) -> None:
    with pytest.raises(InvalidInput):
        decode_cursor(text, (int,), "entries")


def forged(*place: object) -> str:
    """A cursor of this list with a place that the service never gave out."""
    seal = json.loads(base64.urlsafe_b64decode(encode_cursor([], "entries") + "=="))[0]
    body = json.dumps([seal, *place]).encode()
    return base64.urlsafe_b64encode(body).decode().rstrip("=")


@pytest.mark.parametrize("place", [["17"], [17, 18], [], [True], [1.5], [None], [2**40], [{"a": 1}]])
def test_a_forged_place_is_refused(place: list[object]) -> None:
    with pytest.raises(InvalidInput):
        decode_cursor(forged(*place), (int,), "entries")


def test_a_place_nested_without_end_is_refused() -> None:
    body = base64.urlsafe_b64encode(b"[" * 4000).decode()
    with pytest.raises(InvalidInput):
        decode_cursor(body, (int,), "entries")
