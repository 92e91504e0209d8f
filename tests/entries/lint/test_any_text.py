"""The checks of terms, scripts and typography answer for any content, and their fixes mend what they find."""

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.entries.content import EntryContent
from app.entries.lint.finding import Finding
from app.entries.lint.reading import Reading
from app.entries.lint.running import CHECKS
from app.languages.codes import LANGUAGES, LanguageCode
from tests.contents import contents
from tests.entries.lint.cases import content_of, section_of

NUMBERS = {26, 27, 30, 31, 32, 33, 34, 35, 36, 37, 38, 41}
TYPOGRAPHY = {34, 35, 36}
LETTERS = "abéœNoeu5 09 \u00a0\u202f\u2009,;:!?.()«»“”\"'’`-–—№%kmкмпоелётТ\u0301\ufb01%"
ROUNDS = 60
"""Fixes made one after the other before a text of that length must be in order."""


def findings(content: EntryContent, numbers: set[int]) -> list[Finding]:
    return [f for check in CHECKS.values() if check.number in numbers for f in check.findings(Reading(content))]


@given(contents())
def test_every_span_lies_within_its_text(content: EntryContent) -> None:
    reading = Reading(content)
    texts = {placed.element: placed.text for placed in reading.passages()}
    texts |= {f"{placed.element}.text": placed.term.text for placed in reading.terms()}
    for finding in findings(content, NUMBERS):
        if finding.mark.span is not None:
            start, end = finding.mark.span
            assert 0 <= start < end <= len(texts[finding.mark.element])


def note_of(language: LanguageCode, text: str) -> EntryContent | None:
    """A content with a note, or None if such a text is not even accepted."""
    try:
        return content_of({language: section_of({"notes": [text]})}, {})
    except ValidationError:
        return None


def mended(text: str, finding: Finding) -> str:
    fix = finding.mark.fix
    assert fix is not None
    if finding.mark.span is None:
        return fix
    start, end = finding.mark.span
    return text[:start] + fix + text[end:]


@given(text=st.text(LETTERS, min_size=1, max_size=20), language=st.sampled_from(LANGUAGES))
def test_fixes_of_typography_come_to_an_end(text: str, language: LanguageCode) -> None:
    for _ in range(ROUNDS):
        content = note_of(language, text)
        if content is None:
            return
        text = content.languages[language].notes[0]
        fixable = [f for f in findings(content, TYPOGRAPHY) if f.mark.fix is not None and "notes" in f.mark.element]
        if not fixable:
            return
        after = mended(text, fixable[0])
        assert after != text
        text = after
    raise AssertionError(f"still to be mended: {text!r}")
