"""Every check against real examples in each language: what it must find, and what it must leave alone."""

import pytest

from app.entries.lint.running import CHECKS
from app.languages.codes import LANGUAGES
from tests.entries.lint.cases import Case, all_cases

LEAST = 3


@pytest.mark.parametrize("case", [case for case in all_cases() if case.fails], ids=str)
def test_a_check_finds_what_is_wrong(case: Case) -> None:
    found = case.findings
    assert found, "the check found nothing"
    expected = {
        name: case.fields[name] for name in ("fault", "at", "element", "severity", "fix") if name in case.fields
    }
    seen = [
        {
            "fault": finding.mark.fault,
            "at": finding.quoted,
            "element": finding.mark.element,
            "severity": finding.severity.value,
            "fix": finding.mark.fix,
        }
        for finding in found
    ]
    assert any(expected.items() <= finding.items() for finding in seen), seen


@pytest.mark.parametrize("case", [case for case in all_cases() if not case.fails], ids=str)
def test_a_check_leaves_alone_what_is_right(case: Case) -> None:
    assert case.findings == []


def test_the_catalogue_is_complete() -> None:
    assert sorted(check.number for check in CHECKS.values()) == list(range(1, 46))


@pytest.mark.parametrize("check", sorted(CHECKS))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fails", [True, False], ids=["fails", "passes"])
def test_each_check_has_examples_in_each_of_its_languages(check: str, language: str, fails: bool) -> None:
    if language not in CHECKS[check].languages:
        return
    examples = [c for c in all_cases() if (c.check, c.language, c.fails) == (check, language, fails)]
    assert len(examples) >= LEAST
    assert len({str(c.fields) for c in examples}) == len(examples)
