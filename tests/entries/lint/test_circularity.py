"""What stems find that exact words do not, over the examples of the check."""

from app.languages.function_words import content_words
from app.languages.words import plain
from tests.entries.lint.cases import Case, all_cases

CASES = [case for case in all_cases() if case.check == "circular-definition"]


def found_by_exact_words(case: Case) -> bool:
    section = case.reading.content.languages[case.language]
    assert section.preferred is not None
    assert section.definition is not None
    term, definition = (
        {plain(word.text) for word in content_words(text, case.language)}
        for text in (section.preferred.text, section.definition.text)
    )
    return term <= definition


def test_stems_find_every_circular_definition_and_no_sound_one() -> None:
    circular = [case for case in CASES if case.findings]
    assert circular == [case for case in CASES if case.fails]
    assert len(circular) >= 8
    assert len(CASES) - len(circular) >= 10


def test_exact_words_would_miss_most_of_them() -> None:
    circular = [case for case in CASES if case.fails]
    assert sum(map(found_by_exact_words, circular)) < len(circular) / 2
