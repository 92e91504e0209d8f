"""Markings in the public texts that are neither passages nor terms."""

from app.entries.content import EntryContent
from app.entries.lint.finding import Finding
from app.entries.lint.reading import Reading
from app.entries.lint.running import CHECKS


def content(**term: object) -> EntryContent:
    return EntryContent.model_validate(
        {
            "subject_fields": ["threat"],
            "languages": {
                "en": {"terms": [{"text": "reaction time", **term}]},
                "ru": {"terms": [{"text": "время реакции"}]},
            },
            "equivalence": {"en-ru": {"degree": "near", "remark": "The value is in a NATO SECRET directive."}},
        }
    )


def findings(said: EntryContent) -> list[Finding]:
    return list(CHECKS["restricted-content"].findings(Reading(said)))


def test_remarks_on_equivalence_and_contexts_are_read() -> None:
    said = content(contexts=[{"text": "ДЛЯ СЛУЖЕБНОГО ПОЛЬЗОВАНИЯ: the reaction time is short"}])
    assert [(finding.mark.element, finding.mark.span) for finding in findings(said)] == [
        ("languages.en.terms[reaction time].contexts[0].text", (0, 26)),
        ("equivalence.en-ru.remark", (18, 29)),
    ]


def test_a_source_may_name_the_marking_that_a_document_once_bore() -> None:
    said = content(sources=["NATO SECRET, declassified in 1999: reaction time"])
    assert [finding.mark.element for finding in findings(said)] == ["equivalence.en-ru.remark"]
