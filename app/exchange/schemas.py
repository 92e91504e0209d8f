"""What the API says of an import."""

from typing import Any

from pydantic import BaseModel, Field

from app.exchange.imported import ImportedEntry, Outcome
from app.exchange.records import Fault
from app.http.problems import FieldFault
from app.languages.codes import LanguageCode
from app.texts.faults import fault_text


class Change(BaseModel):
    """One field that an amendment would change."""

    path: str = Field(description="Such as `languages.ru.definition.text`; a term is named by its text.")
    before: Any
    after: Any


class ImportedEntryOut(BaseModel):
    """What became, or would become, of one entry of the file."""

    line: int = Field(description="Where the entry begins in the file, from 1.")
    reference: str | None = Field(description="What the file calls the entry.")
    outcome: Outcome
    entry: str | None
    proposal: str | None = Field(description="The draft that was made of it; null in a dry run.")
    errors: list[FieldFault]
    warnings: list[FieldFault]
    changes: list[Change] = Field(description="What an amendment changes.")
    duplicates: list[str] = Field(
        description="Entries with the same names as a new one. A hint: nothing is matched by names."
    )


class ImportOut(BaseModel):
    format: str
    dry_run: bool
    counts: dict[Outcome, int]
    items: list[ImportedEntryOut]


def imported_out(line: ImportedEntry, language: LanguageCode, *, dry_run: bool = False) -> ImportedEntryOut:
    """One line of a report, in the reader's language."""
    return ImportedEntryOut(
        line=line.line,
        reference=line.reference,
        outcome=line.outcome,
        entry=line.entry,
        proposal=None if dry_run else line.proposal,
        errors=[_fault_out(fault, language) for fault in line.faults],
        warnings=[_fault_out(fault, language) for fault in line.warnings],
        changes=[Change(path=one.path, before=one.before, after=one.after) for one in line.changes],
        duplicates=list(line.duplicates),
    )


def counts_of(report: list[ImportedEntry]) -> dict[Outcome, int]:
    """How many entries had each outcome."""
    return {outcome: sum(line.outcome is outcome for line in report) for outcome in Outcome}


def _fault_out(fault: Fault, language: LanguageCode) -> FieldFault:
    return FieldFault(field=fault.field, code=fault.code, detail=fault_text(fault.code, language, fault.params))
