"""Findings as the API and the command line show them."""

from app.entries.lint.finding import Finding
from app.findings.operations import Answer, Remarks, key_of
from app.findings.schemas import FindingList, FindingOut, SpanOut, WaiverOut
from app.languages.codes import LanguageCode
from app.texts.findings import finding_text


def findings_out(remarks: Remarks, language: LanguageCode) -> FindingList:
    """All remarks on a text, in the reader's language."""
    items = [finding_out(finding, remarks.answers.get(key_of(finding)), language) for finding in remarks.findings]
    return FindingList(digest=remarks.digest, items=items)


def finding_out(finding: Finding, answer: Answer | None, language: LanguageCode) -> FindingOut:
    """One remark in the reader's language, with the answer that was given to it."""
    mark = finding.mark
    text = finding_text(finding.sentence, language, {"text": finding.quoted, **mark.params})
    return FindingOut(
        check=finding.check,
        severity=finding.severity,
        element=mark.element,
        language=mark.language,
        span=SpanOut(start=mark.span[0], end=mark.span[1]) if mark.span is not None else None,
        message=text.message,
        hint=text.hint,
        fix=mark.fix,
        waiver=WaiverOut(reason=answer.reason, party=answer.party, signed=answer.signed_at) if answer else None,
    )
