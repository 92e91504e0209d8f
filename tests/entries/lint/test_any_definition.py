"""The checks of form and wording answer for any text, and point into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.entries.lint.grammar.sentences import second_sentence
from app.entries.lint.lists import words_of
from app.entries.lint.reading import Reading
from app.entries.lint.running import CHECKS
from app.languages.codes import LANGUAGES, LanguageCode
from tests.entries.lint.cases import content_of, section_of

NUMBERS = {1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 42, 43}
LETTERS = "aéœAÉбёБЁ5 \u00a0.,;:!?()«»“”'’-—"


@given(text=st.text(LETTERS, min_size=1), language=st.sampled_from(LANGUAGES))
def test_every_span_lies_within_the_definition(text: str, language: LanguageCode) -> None:
    definition = " ".join(text.split()) or "…"
    reading = Reading(content_of({language: section_of({"terms": ["бЁ é"], "definition": definition})}, {}))
    for check in CHECKS.values():
        if check.number in NUMBERS:
            for finding in check.findings(reading):
                start, end = finding.mark.span or (0, 1)
                assert 0 <= start < end <= len(definition)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_definition_may_lack_terms_in_a_language_without_an_equivalent(language: LanguageCode) -> None:
    section = section_of({"no_equivalent": "…", "definition": "lorsque when когда"})
    other = next(code for code in LANGUAGES if code != language)
    reading = Reading(content_of({language: section, other: section_of({})}, {}))
    assert [f for check in CHECKS.values() if check.number in NUMBERS for f in check.findings(reading)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_listed_abbreviation_ends_a_sentence(language: LanguageCode) -> None:
    for word in words_of("abbreviations", language):
        assert second_sentence(f"missile {word}. Zvezda-Звезда", language) is None
