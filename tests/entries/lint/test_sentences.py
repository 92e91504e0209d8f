"""Every finding has a sentence in each language, and every sentence is said by some example."""

import pytest

from app.languages.codes import LANGUAGES, LanguageCode
from app.texts.findings import FINDINGS, finding_text
from tests.entries.lint.cases import all_cases


def test_every_sentence_is_said_by_an_example() -> None:
    said = {finding.sentence for case in all_cases() if case.fails for finding in case.findings}
    assert said == FINDINGS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_filled(language: LanguageCode) -> None:
    for case in all_cases():
        if case.fails:
            for finding in case.findings:
                text = finding_text(finding.sentence, language, {"text": finding.quoted, **finding.mark.params})
                assert "{" not in text.message + text.hint, (str(case), text)
                assert "none" not in text.message.split(), (str(case), text)
