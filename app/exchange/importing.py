"""How the entries of a file become proposals, or versions by an initial load of the secretariat."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from sqlalchemy.orm import Session

from app import policy
from app.accounts.actor import Actor
from app.entries import operations as entries
from app.entries.content import EntryContent
from app.entries.numbers import ENTRY_SERIES, entry_number, next_number, own_number, spend_number
from app.entries.tables import Decision, DecisionMethod, Entry
from app.errors import DomainError, ImportRejected, InvalidInput, NotPermitted, NumberTaken
from app.exchange.records import Fault, Incoming
from app.profile import ApprovalLevel, Profile
from app.proposals import operations as proposals
from app.proposals.inputs import NewProposal
from app.proposals.workflow import ProposalKind

INITIAL_LOAD_NOTE = (
    "Initial load: texts taken over from a prepared glossary at expert level, without a decision of the parties."
)


class ImportAs(StrEnum):
    PROPOSALS = "proposals"
    INITIAL_LOAD = "initial-load"


class Outcome(StrEnum):
    NEW = "new"
    AMENDMENT = "amendment"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class ImportedEntry:
    """What became of one entry of a file."""

    line: int
    reference: str | None
    outcome: Outcome
    entry: str | None = None
    proposal: str | None = None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


class Intake(Protocol):
    """One way of taking entries in."""

    def take(self, item: Incoming, content: EntryContent) -> ImportedEntry:
        """Store one entry. Raises DomainError."""

    def finish(self) -> dict[int, DomainError]:
        """What is wrong with entries taken before, by line, now that all are there."""


def import_entries(
    db: Session,
    actor: Actor,
    profile: Profile,
    incoming: Iterable[Incoming],
    *,
    into: ImportAs = ImportAs.PROPOSALS,
    dry_run: bool = False,
    justification: str,
) -> list[ImportedEntry]:
    """Take the entries of a file in, all or none; a dry run does the same and keeps nothing.

    Entries are matched by number, never by their text. Raises NotPermitted, UnreadableFile, and
    ImportRejected with the whole report unless it is a dry run.
    """
    if not (policy.may_load(actor) if into is ImportAs.INITIAL_LOAD else policy.may_draft(actor)):
        raise NotPermitted(action=f"import.{into}")
    intake: Intake = InitialLoad(db, actor, profile)
    if into is ImportAs.PROPOSALS:
        intake = Drafts(db, actor, profile, justification)
    with db.begin_nested() as rehearsal:
        report = _taken(incoming, intake)
        rejected = sum(line.outcome is Outcome.REJECTED for line in report)
        if dry_run or rejected:
            rehearsal.rollback()
    if rejected and not dry_run:
        raise ImportRejected(count=rejected, report=report)
    return report


class Drafts:
    """Each entry becomes a draft proposal of the caller's party."""

    def __init__(self, db: Session, actor: Actor, profile: Profile, justification: str) -> None:
        self.db, self.actor, self.profile, self.justification = db, actor, profile, justification

    def take(self, item: Incoming, content: EntryContent) -> ImportedEntry:
        entry = entry_named(self.db, item.reference)
        if entry is not None and entries.says(entry, content):
            return ImportedEntry(item.line, item.reference, Outcome.UNCHANGED, entry_number(entry.id))
        body = NewProposal(
            kind=ProposalKind.NEW if entry is None else ProposalKind.AMEND,
            entry=entry_number(entry.id) if entry is not None else None,
            base_version=entry.current_version if entry is not None else None,
            content=content,
            justification=self.justification,
        )
        made = proposals.propose(self.db, self.actor, self.profile, body)
        outcome = Outcome.NEW if entry is None else Outcome.AMENDMENT
        return ImportedEntry(item.line, item.reference, outcome, body.entry, made.proposal.number)

    def finish(self) -> dict[int, DomainError]:
        return {}


class InitialLoad:
    """Each entry that is new becomes an entry with an adopted version, all by one decision at expert level."""

    def __init__(self, db: Session, actor: Actor, profile: Profile) -> None:
        self.db, self.actor, self.profile = db, actor, profile
        self.loaded: dict[int, tuple[int, EntryContent]] = {}

    def take(self, item: Incoming, content: EntryContent) -> ImportedEntry:
        entry = entry_named(self.db, item.reference)
        if entry is not None:
            if entries.says(entry, content):
                return ImportedEntry(item.line, item.reference, Outcome.UNCHANGED, entry_number(entry.id))
            raise NumberTaken(number=entry_number(entry.id))
        if missing := content.missing_for_agreement():
            raise InvalidInput(field=missing[0], reason="incomplete", missing=missing)
        number = self._number(item.reference)
        entries.check_subject_fields(self.db, content)
        entries.load_adopted(self.db, self.actor, entry_id=number, content=content, decision=self._decision)
        self.loaded[item.line] = (number, content)
        return ImportedEntry(item.line, item.reference, Outcome.NEW, entry_number(number))

    def finish(self) -> dict[int, DomainError]:
        """Relations can be checked only when all entries are there: they may point forward."""
        faults: dict[int, DomainError] = {}
        for line, (number, content) in self.loaded.items():
            try:
                entries.check_relations(self.db, content, own_id=number)
            except DomainError as error:
                faults[line] = error
        return faults

    def _number(self, reference: str | None) -> int:
        first = self.profile.first_entry
        number = own_number(reference)
        if number is None:
            return next_number(self.db, ENTRY_SERIES, first=first)
        spend_number(self.db, ENTRY_SERIES, number, first)
        return number

    @cached_property
    def _decision(self) -> Decision:
        return initial_load_decision(self.db)


def initial_load_decision(db: Session) -> Decision:
    """A new decision under which prepared texts are taken over, and which says no more than that."""
    return entries.new_decision(
        db, method=DecisionMethod.INITIAL_LOAD, level=ApprovalLevel.EXPERT, note=INITIAL_LOAD_NOTE
    )


def entry_named(db: Session, reference: str | None) -> Entry | None:
    """The entry that a file means by one of our numbers."""
    number = own_number(reference)
    return db.get(Entry, number) if number is not None else None


def fault_of(error: DomainError) -> Fault:
    """A refusal as a fault of one entry."""
    params = {key: _said(value) for key, value in error.params.items() if value is not None}
    return Fault((error.field or "").removeprefix("content."), str(error.params.get("reason", error.code)), params)


def _said(value: object) -> str | int:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return value if isinstance(value, int) else str(value)


def _taken(incoming: Iterable[Incoming], intake: Intake) -> list[ImportedEntry]:
    report: list[ImportedEntry] = []
    seen: set[str] = set()
    for item in incoming:
        faults = item.faults
        if item.reference is not None and item.reference in seen:
            faults = (*faults, Fault("", "duplicate_reference"))
        seen.add(item.reference or "")
        if item.content is None or faults:
            report.append(_rejected(item, *faults))
            continue
        try:
            report.append(replace(intake.take(item, item.content), warnings=item.warnings))
        except DomainError as error:
            report.append(_rejected(item, fault_of(error)))
    late = intake.finish()
    return [
        replace(line, outcome=Outcome.REJECTED, faults=(fault_of(late[line.line]),)) if line.line in late else line
        for line in report
    ]


def _rejected(item: Incoming, *faults: Fault) -> ImportedEntry:
    return ImportedEntry(item.line, item.reference, Outcome.REJECTED, faults=faults, warnings=item.warnings)
