"""Questions to the compendium: entries, versions, subject fields, the alphabetical index."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.numbers import entry_id
from app.entries.status import EntryStatus
from app.entries.tables import Decision, Entry, EntrySubject, EntryTerm, EntryVersion, SubjectField
from app.errors import NotFound
from app.languages.codes import LanguageCode
from app.languages.sorting import sort_key

BATCH = 500


@dataclass(frozen=True)
class EntryFilter:
    """Which entries are wanted; an empty part does not narrow."""

    status: tuple[EntryStatus, ...] = ()
    subject: tuple[str, ...] = ()

    def conditions(self) -> list[ColumnElement[bool]]:
        """The filter as conditions on `entry`."""
        conditions: list[ColumnElement[bool]] = []
        if self.status:
            conditions.append(col(Entry.status).in_(self.status))
        if self.subject:
            filed = select(col(EntrySubject.entry_id)).where(col(EntrySubject.code).in_(self.subject))
            conditions.append(col(Entry.id).in_(filed))
        return conditions


def entry_of(db: Session, ref: str) -> Entry:
    """The public entry of a number or id, withdrawn ones included. Raises NotFound."""
    entry = db.get(Entry, entry_id(ref))
    if entry is None:
        raise NotFound(what="entry", ref=ref)
    return entry


def entries_after(db: Session, wanted: EntryFilter, after: int, limit: int) -> Sequence[Entry]:
    """The entries with a public text by number, from the one after id `after`."""
    query = select(Entry).where(col(Entry.content).is_not(None), col(Entry.id) > after, *wanted.conditions())
    return db.scalars(query.order_by(col(Entry.id)).limit(limit)).all()


def entry_batches(db: Session, wanted: EntryFilter) -> Iterator[Sequence[Entry]]:
    """The same, to the last, with one batch in memory at a time."""
    after = 0
    while batch := entries_after(db, wanted, after, BATCH):
        yield batch
        after = batch[-1].id
        db.expunge_all()


def all_entries(db: Session, wanted: EntryFilter) -> Iterator[Entry]:
    """The same, one by one."""
    for batch in entry_batches(db, wanted):
        yield from batch


def decisions_of(db: Session, entries: Sequence[Entry]) -> dict[int, tuple[EntryVersion, Decision]]:
    """The current version and its decision of each entry that has one, by entry id."""
    current = [(entry.id, entry.current_version) for entry in entries if entry.current_version is not None]
    if not current:
        return {}
    rows = db.execute(
        select(EntryVersion, Decision)
        .join(Decision, col(Decision.id) == col(EntryVersion.decision_id))
        .where(tuple_(col(EntryVersion.entry_id), col(EntryVersion.number)).in_(current))
    )
    return {version.entry_id: (version, decision) for version, decision in rows}


def versions_of(db: Session, entry: Entry) -> Sequence[tuple[EntryVersion, Decision]]:
    """The versions of an entry and the decisions that made them, oldest first."""
    query = _versions().where(col(EntryVersion.entry_id) == entry.id).order_by(col(EntryVersion.number))
    return [(version, decision) for version, decision in db.execute(query)]


def version_of(db: Session, entry: Entry, number: int) -> tuple[EntryVersion, Decision]:
    """One version. Raises NotFound."""
    query = _versions().where(col(EntryVersion.entry_id) == entry.id, col(EntryVersion.number) == number)
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound(what="version", ref=str(number))
    return row[0], row[1]


def was_adopted(db: Session, entry_id: int, digest: str) -> bool:
    """Whether this very text is or was a version of an entry."""
    query = select(col(EntryVersion.number)).where(
        col(EntryVersion.entry_id) == entry_id, col(EntryVersion.digest) == digest
    )
    return db.scalars(query.limit(1)).first() is not None


def decision_numbered(db: Session, ref: str) -> tuple[Decision, Sequence[EntryVersion]]:
    """A decision and the versions that it made. Raises NotFound."""
    decision = db.scalars(select(Decision).where(col(Decision.number) == ref.upper())).one_or_none()
    if decision is None:
        raise NotFound(what="decision", ref=ref)
    made = select(EntryVersion).where(col(EntryVersion.decision_id) == decision.id)
    return decision, db.scalars(made.order_by(col(EntryVersion.entry_id))).all()


def subject_codes(db: Session) -> frozenset[str]:
    """The codes of the subject fields that there are."""
    return frozenset(db.scalars(select(col(SubjectField.code))))


def subject_fields(db: Session) -> Sequence[tuple[SubjectField, int]]:
    """The subject fields in systematic order, each with the number of public entries in it."""
    counted = (
        select(SubjectField, func.count(col(EntrySubject.entry_id)))
        .outerjoin(EntrySubject, col(EntrySubject.code) == col(SubjectField.code))
        .group_by(col(SubjectField.code))
        .order_by(col(SubjectField.position), col(SubjectField.code))
    )
    return [(field, count) for field, count in db.execute(counted)]


def subject_labels(db: Session, codes: Iterable[str]) -> dict[str, dict[LanguageCode, str]]:
    """What subject fields are called in the three languages, by code."""
    query = select(SubjectField).where(col(SubjectField.code).in_(set(codes)))
    return {
        field.code: {"en": field.label_en, "fr": field.label_fr, "ru": field.label_ru}
        for field in db.scalars(query)
    }


def decisions_before(db: Session, before: int | None, limit: int) -> Sequence[tuple[Decision, int]]:
    """The decisions, newest first, from the one before id `before`; each with the number of texts it adopted."""
    counted = (
        select(Decision, func.count(col(EntryVersion.number)))
        .outerjoin(EntryVersion, col(EntryVersion.decision_id) == col(Decision.id))
        .group_by(col(Decision.id))
        .order_by(col(Decision.id).desc())
        .limit(limit)
    )
    if before is not None:
        counted = counted.where(col(Decision.id) < before)
    return [(decision, count) for decision, count in db.execute(counted)]


def letters(db: Session, language: LanguageCode) -> Sequence[tuple[str, int]]:
    """The initial letters of a language in alphabetical order, each with the number of its terms."""
    counted = (
        select(col(EntryTerm.letter), func.count())
        .where(col(EntryTerm.language) == language)
        .group_by(col(EntryTerm.letter))
    )
    # Sorted here: PostgreSQL before 18 knows no smallest of several byte strings.
    return sorted(((letter, count) for letter, count in db.execute(counted)), key=lambda row: sort_key(row[0]))


def terms_under(
    db: Session, language: LanguageCode, letter: str, after: tuple[bytes, int] | None, limit: int
) -> Sequence[tuple[EntryTerm, Entry]]:
    """The terms under a letter in alphabetical order, from the one after (sort key, term id)."""
    query = (
        select(EntryTerm, Entry)
        .join(Entry, col(Entry.id) == col(EntryTerm.entry_id))
        .where(col(EntryTerm.language) == language, col(EntryTerm.letter) == letter)
    )
    if after is not None:
        query = query.where(tuple_(col(EntryTerm.sort_key), col(EntryTerm.id)) > tuple_(*after))
    query = query.order_by(col(EntryTerm.sort_key), col(EntryTerm.id)).limit(limit)
    return [(term, entry) for term, entry in db.execute(query)]


def counts_by_status(db: Session) -> dict[EntryStatus, int]:
    """How many entries there are in each status that occurs."""
    rows = db.execute(select(col(Entry.status), func.count()).group_by(col(Entry.status)))
    return {EntryStatus(status): count for status, count in rows}


def _versions() -> Select[EntryVersion, Decision]:
    return select(EntryVersion, Decision).join(Decision, col(Decision.id) == col(EntryVersion.decision_id))
