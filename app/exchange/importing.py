"""How the entries of a file become proposals, or versions by an initial load of the secretariat."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from sqlalchemy.orm import Session

from app import policy
from app.accounts.actor import Actor
from app.entries.numbers import own_number
from app.entries.queries import subject_codes
from app.errors import DomainError, ImportRejected, NotPermitted
from app.exchange.drafts import SHOWN
from app.exchange.imported import ImportAs, ImportedEntry, Intake, Outcome, Terms
from app.exchange.intakes import intake_for
from app.exchange.likeness import likely_duplicates
from app.exchange.records import Fault, Incoming
from app.history import operations as history
from app.history.operations import Happening
from app.profile import Profile

BATCH = 500
"""Entries that are looked up and stored at once."""


def import_entries(
    db: Session,
    actor: Actor,
    profile: Profile,
    incoming: Iterable[Incoming],
    terms: Terms,
    *,
    dry_run: bool = False,
    seen: set[str] | None = None,
) -> list[ImportedEntry]:
    """Take the entries of a file in, all or none; a dry run does the same and keeps nothing.

    `seen` are the names that earlier parts of the file have given to entries; those of this part are added.
    Entries are matched by number, or by the name that their collection gives them; never by their text. Raises
    NotPermitted, UnreadableFile, and ImportRejected with the whole report unless it is a dry run.
    """
    check_permission(actor, terms.into)
    intake: Intake = intake_for(db, actor, profile, terms)
    with db.begin_nested() as rehearsal:
        report = _taken(incoming, intake, _Look(db, terms, set() if seen is None else seen))
        rejected = sum(line.outcome is Outcome.REJECTED for line in report)
        if dry_run or rejected:
            rehearsal.rollback()
        else:
            _record(db, actor, terms, report)
    if rejected and not dry_run:
        raise ImportRejected(count=rejected, report=report)
    return report


def _record(db: Session, actor: Actor, terms: Terms, report: Sequence[ImportedEntry]) -> None:
    """One event for the whole, unless nothing has changed. What became of each entry has events of its own."""
    counts = Counter(line.outcome for line in report)
    if not counts[Outcome.NEW] and not counts[Outcome.AMENDMENT]:
        return
    file, part = terms.file, terms.part
    history.record(
        db,
        actor,
        Happening("file.import"),
        format=file.format if file is not None else None,
        file=file.digest if file is not None else None,
        into=terms.into.value,
        collection=terms.collection or None,
        part=part.number if part is not None else None,
        parts=part.of if part is not None else None,
        **{outcome.value: counts[outcome] for outcome in (Outcome.NEW, Outcome.AMENDMENT, Outcome.UNCHANGED)},
    )


def check_permission(actor: Actor, into: ImportAs) -> None:
    """Raise NotPermitted unless the caller may import so."""
    if not (policy.may_load(actor) if into is ImportAs.INITIAL_LOAD else policy.may_draft(actor)):
        raise NotPermitted(action=f"import.{into}")


def fault_of(error: DomainError) -> Fault:
    """A refusal as a fault of one entry."""
    params = {key: _said(value) for key, value in error.params.items() if value is not None}
    return Fault((error.field or "").removeprefix("content."), str(error.params.get("reason", error.code)), params)


def _said(value: object) -> str | int:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return value if isinstance(value, int) else str(value)


class _Look:
    """A last look at the entries of a file before they are taken in."""

    def __init__(self, db: Session, terms: Terms, seen: set[str]) -> None:
        self._db = db
        self._terms = terms
        self._subjects = subject_codes(db) if terms.subject is not None else frozenset()
        self._seen = seen

    def at(self, item: Incoming) -> Incoming:
        """The entry under a name that no other entry of the file has, and under subject fields that there are."""
        return self._filed(self._named(item))

    def with_duplicates(self, items: Sequence[Incoming], made: Sequence[ImportedEntry]) -> Iterator[ImportedEntry]:
        """What became of the entries; of new ones, with those that may be the same concept."""
        new = [
            (place, item.content)
            for place, (item, line) in enumerate(zip(items, made, strict=True))
            if line.outcome is Outcome.NEW and item.content is not None
        ]
        alike = likely_duplicates(self._db, [content for _, content in new])
        found = {place: tuple(numbers) for (place, _), numbers in zip(new, alike, strict=True)}
        for place, line in enumerate(made):
            yield replace(line, duplicates=found.get(place, ()))

    def _named(self, item: Incoming) -> Incoming:
        if item.reference is None or item.reference not in self._seen:
            self._seen.add(item.reference or "")
            return item
        if own_number(item.reference) is not None:
            return replace(item, content=None, faults=(*item.faults, Fault("", "duplicate_reference")))
        # Names of others are repeated in their files, and nobody's fault here.
        warning = Fault("", "duplicate_external_id", {"value": item.reference[:SHOWN]})
        return replace(item, reference=None, warnings=(*item.warnings, warning))

    def _filed(self, item: Incoming) -> Incoming:
        if item.content is None or self._terms.subject is None:
            return item
        unknown = [code for code in item.content.subject_fields if code not in self._subjects]
        if not unknown:
            return item
        known = [code for code in item.content.subject_fields if code in self._subjects]
        content = item.content.model_copy(update={"subject_fields": tuple(known or [self._terms.subject])})
        warnings = (
            Fault("subject_fields", "subject_field_replaced", {"value": code, "subject": content.subject_fields[0]})
            for code in unknown
        )
        return replace(item, content=content, warnings=(*item.warnings, *warnings))


def _taken(incoming: Iterable[Incoming], intake: Intake, look: _Look) -> list[ImportedEntry]:
    report: list[ImportedEntry] = []
    remaining = iter(incoming)
    while batch := [look.at(item) for item in islice(remaining, BATCH)]:
        intake.prepare(batch)
        made = [_taken_one(item, intake) for item in batch]
        report += look.with_duplicates(batch, made)
        intake.settle()
    late = intake.finish()
    return [
        replace(line, outcome=Outcome.REJECTED, faults=(fault_of(late[line.entry]),))
        if line.entry in late and line.outcome is Outcome.NEW
        else line
        for line in report
    ]


def _taken_one(item: Incoming, intake: Intake) -> ImportedEntry:
    if item.content is None or item.faults:
        return _rejected(item, *item.faults)
    try:
        return replace(intake.take(item, item.content), warnings=item.warnings)
    except DomainError as error:
        return _rejected(item, fault_of(error))


def _rejected(item: Incoming, *faults: Fault) -> ImportedEntry:
    return ImportedEntry(item.line, item.reference, Outcome.REJECTED, faults=faults, warnings=item.warnings)
