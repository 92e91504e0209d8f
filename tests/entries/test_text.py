"""The rules for every text that a person writes into an entry."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from app.entries.text import Passage, ShortText, TermText, clean_text

TERM = TypeAdapter(TermText)


def fault(text: object, adapter: TypeAdapter[str] = TERM) -> str:
    """The code of what is wrong with a text."""
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(text)
    return caught.value.errors()[0]["type"]


def test_a_text_is_stored_in_nfc() -> None:
    assert TERM.validate_python(unicodedata.normalize("NFD", "théâtre — ёлка, йод")) == "théâtre — ёлка, йод"


@pytest.mark.parametrize(
    "text",
    ["œuvre", "« leurre »", "défense :\u00a0alerte", "20\u202fkm", "ложная цель", "C²", "за\u0301мок", "10°"],
)
def test_nothing_else_is_changed(text: str) -> None:
    assert TERM.validate_python(text) == text


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\t",
        "\n",
        "\r",
        "\x7f",
        "\x85",
        "\u00ad",  # soft hyphen
        "\u200b",  # zero-width space
        "\u200d",  # zero-width joiner
        "\u200e",  # left-to-right mark
        "\u202e",  # right-to-left override
        "\u2028",
        "\u2029",
        "\u2066",  # left-to-right isolate
        "\ufeff",  # byte order mark
        "\ue000",  # private use
        "\u0378",  # unassigned
        "\uffff",
        "\U000e0041",  # tag
    ],
)
def test_what_no_reader_sees_is_refused(character: str) -> None:
    assert fault(f"mis{character}sile") == "forbidden_character"


def test_every_control_and_formatting_character_is_refused() -> None:
    unseen = [chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    for character in unseen:
        with pytest.raises(PydanticCustomError, match="not allowed"):
            clean_text(f"mis{character}sile")


def test_the_refusal_names_the_character_and_its_place() -> None:
    with pytest.raises(ValidationError) as caught:
        TERM.validate_python("ра\u200bкета")
    assert caught.value.errors()[0]["ctx"] == {"character": "U+200B", "position": 3}


def test_half_a_character_is_refused() -> None:
    assert fault("missile\ud800") in ("forbidden_character", "string_unicode")


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009", "\u2003", "\u3000"])
def test_spaces_at_the_edges_are_refused(space: str) -> None:
    assert fault(f"{space}leurre") == "edge_space"
    assert fault(f"leurre{space}") == "edge_space"
    assert fault(space) == "edge_space"


@pytest.mark.parametrize("spaces", ["  ", " \u00a0", "\u202f\u00a0", "\u2003 "])
def test_two_spaces_in_a_row_are_refused(spaces: str) -> None:
    assert fault(f"ложная{spaces}цель") == "double_space"


@pytest.mark.parametrize(("kind", "limit"), [(TermText, 250), (ShortText, 500), (Passage, 4000)])
def test_texts_have_a_length(kind: object, limit: int) -> None:
    adapter: TypeAdapter[str] = TypeAdapter(kind)
    assert fault("", adapter) == "string_too_short"
    assert adapter.validate_python("щ" * limit) == "щ" * limit
    assert fault("щ" * (limit + 1), adapter) == "string_too_long"


def test_only_a_text_is_a_text() -> None:
    assert fault(17) == fault(None) == "string_type"


@given(st.text(st.characters(), min_size=1, max_size=60))
@example("\u0958" * 200)  # grows when normalised
@example("e\u0301" * 125)
def test_what_was_accepted_once_is_accepted_again_unchanged(text: str) -> None:
    try:
        stored = TERM.validate_python(text)
    except ValidationError:
        return
    assert unicodedata.is_normalized("NFC", stored)
    assert TERM.validate_python(stored) == stored
