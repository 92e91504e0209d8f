"""Parameters in sentences: written as the language does, and harmless whatever they are."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.languages.codes import LANGUAGES
from app.texts.catalogues import translated
from app.texts.faults import ANY_OTHER, FAULTS, fault_text
from app.texts.filling import LONGEST, MOST, filled
from app.texts.problems import PROBLEMS, problem_text


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("en", 1234567, "1,234,567"),
        ("fr", 1234567, "1\u202f234\u202f567"),
        ("ru", 1234567, "1\u00a0234\u00a0567"),
        ("fr", 2.5, "2,5"),
        ("en", ["a", "b", "c"], "a, b, and c"),
        ("fr", ["a", "b", "c"], "a, b et c"),
        ("ru", ["a", "b", "c"], "a, b и c"),
        ("fr", (1000, "b"), "1\u202f000 et b"),
        ("ru", [], ""),
        ("fr", True, "true"),
        ("fr", None, "none"),
        ("fr", "un terme", "un terme"),
        ("ru", 10**60, str(10**60)),
        ("en", float("inf"), "inf"),
    ],
)
def test_values_are_written_as_the_language_does(language, value: object, shown: str) -> None:
    assert filled("({x})", {"x": value}, language) == f"({shown})"


def test_a_placeholder_without_a_parameter_stays() -> None:
    assert filled("{a} and {b}", {"b": 1}, "en") == "{a} and 1"


def test_a_value_that_looks_like_a_placeholder_is_quoted() -> None:
    assert filled("{a}, {b}", {"a": "{b}", "b": "x"}, "en") == "{b}, x"


def test_a_long_value_is_cut() -> None:
    assert filled("{x}", {"x": "я" * (LONGEST + 1)}, "ru") == "я" * (LONGEST - 1) + "…"
    assert filled("{x}", {"x": "я" * LONGEST}, "ru") == "я" * LONGEST


def test_a_long_list_is_cut() -> None:
    shown = filled("{x}", {"x": ["a"] * 100_000}, "en")
    assert shown.count("a,") == MOST
    assert shown.endswith("…")


def test_a_value_stands_on_one_line_without_control_characters() -> None:
    assert filled("{x}", {"x": " a\r\n\tb\x1b[31m\u202ec\ud800 "}, "en") == "a b [31m c"


def test_no_break_spaces_of_a_sentence_in_a_sentence_stay() -> None:
    assert filled("{x}", {"x": "«\u00a0un\u00a0»\u202f!"}, "fr") == "«\u00a0un\u00a0»\u202f!"


NAMES = st.sampled_from(
    sorted({name for sentence in FAULTS.values() for name in re.findall(r"\{(\w+)\}", sentence)})
)
ANY_TEXT = st.text(st.characters(exclude_categories=()))
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.binary() | st.dates() | ANY_TEXT
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.integers(), inner),
    max_leaves=8,
)


@given(
    code=st.sampled_from(sorted(FAULTS)) | ANY_TEXT,
    language=st.sampled_from(LANGUAGES),
    params=st.dictionaries(NAMES | ANY_TEXT, VALUES, max_size=5),
)
def test_a_fault_can_be_told_whatever_its_parameters(code: str, language, params: dict[str, object]) -> None:
    text = fault_text(code, language, params)
    assert text.encode("utf-8")
    assert not {unicodedata.category(character) for character in text} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@given(
    code=st.sampled_from(sorted(PROBLEMS)),
    language=st.sampled_from(LANGUAGES),
    params=st.dictionaries(NAMES | st.sampled_from(["explanation", "event", "count"]), VALUES, max_size=5),
)
def test_a_problem_can_be_told_whatever_its_parameters(code: str, language, params: dict[str, object]) -> None:
    text = problem_text(code, language, params)
    assert text.title
    assert text.detail.encode("utf-8") or params


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_without_a_sentence_is_an_invalid_value(language) -> None:
    assert fault_text("no_such_code", language, {"line": 1}) == translated(ANY_OTHER, language)


def test_a_fault_in_three_languages() -> None:
    params = {"field": "relations"}
    assert fault_text("repeated_value", "en", params) == "“relations” names the same thing twice."
    assert (
        fault_text("repeated_value", "fr", params) == "«\u00a0relations\u00a0» contient deux fois la même valeur."
    )
    assert fault_text("repeated_value", "ru", params) == "В поле «relations» одно и то же указано дважды."
