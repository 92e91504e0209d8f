"""Word lists: how a line is read, and what it finds."""

from pathlib import Path

import pytest

from app.entries.lint import lists
from app.entries.lint.lists import pattern_of, replacements_of, words_of
from app.languages.codes import LANGUAGES, LanguageCode

FOLDER = Path(lists.__file__).parent / "lists"


def test_remarks_and_empty_lines_are_no_words() -> None:
    assert not any("#" in word or not word for word in words_of("vague", "en"))
    assert "etc." in words_of("vague", "en")


def test_a_line_may_say_what_to_write_instead() -> None:
    assert replacements_of("gendered", "en")["chairman"] == "chair"
    assert replacements_of("vague", "en")["various"] == ""


@pytest.mark.parametrize(
    ("name", "language", "text", "found"),
    [
        ("vague", "ru", "осколки и т.\u202fд.", "и т.\u202fд."),
        ("vague", "ru", "осколки и т.д.", "и т.д."),
        ("partial", "ru", "Непревзойденная система", "Непревзойденная"),
        ("partial", "en", "a So‑called shield", "So‑called"),
        ("hidden-definitions", "fr", "la poussée, C’est-à-dire", "C’est-à-dire"),
        ("prescriptive", "fr", "qu'il convient d’employer", "il convient d’employer"),
        ("markings", "ru", "документ (ДСП)", "(ДСП)"),
    ],
)
def test_phrases_are_found_as_people_type_them(name: str, language: LanguageCode, text: str, found: str) -> None:
    match = pattern_of(name, language).search(text)
    assert match is not None
    assert match[0] == found


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [("vague", "en", "variousness"), ("prescriptive", "en", "mustering"), ("prescriptive", "ru", "должность")],
)
def test_a_part_of_a_word_is_not_the_word(name: str, language: LanguageCode, text: str) -> None:
    assert pattern_of(name, language).search(text) is None


def test_letters_count_where_they_are_asked_for() -> None:
    assert pattern_of("markings", "en", match_case=True).search("NATO restricted the deployment") is None
    assert pattern_of("markings", "en", match_case=True).search("NATO RESTRICTED") is not None


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.name)
def test_every_list_can_be_read_and_repeats_nothing(path: Path) -> None:
    name, language, _ = path.name.split(".")
    codes = {code: code for code in LANGUAGES}
    lines = [
        line.partition("#")[0].partition(" = ")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()
    ]
    written = [line for line in lines if line]
    assert words_of(name, codes[language]) == set(written)
    assert len(written) == len(set(written))
    assert pattern_of(name, codes[language]).pattern
