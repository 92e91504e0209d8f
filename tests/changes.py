"""Public changes of entries as the workflow records them, each with its event in the log."""

from sqlalchemy.orm import Session

from app.accounts import operations as accounts
from app.entries import operations as entries
from app.entries.content import EntryContent
from app.entries.numbers import ENTRY_SERIES, next_number
from app.entries.tables import DecisionMethod, Entry
from app.history.operations import Happening, record
from app.history.tables import EntryChange
from app.profile import ApprovalLevel
from tests.makers import content, make_subject_field


def propose_entry(db: Session, **terms: str | None) -> Entry:
    """A new entry, accepted for review."""
    make_subject_field(db)
    number = next_number(db, ENTRY_SERIES, first=1001)
    entry = entries.open_entry(db, number, content(**terms), proposal="P(2026)0001")
    _record(db, entry, EntryChange.PROPOSED)
    return entry


def revise_entry(db: Session, entry: Entry, **terms: str | None) -> None:
    """Another text for an entry that is proposed."""
    entries.show_proposed(db, entry, content(**terms))
    _record(db, entry, EntryChange.REVISED)


def adopt_text(db: Session, entry: Entry, text: EntryContent) -> str:
    """The next version of an entry; the number of its decision."""
    decision = entries.new_decision(
        db,
        method=DecisionMethod.MEETING,
        level=ApprovalLevel.WORKING_GROUP,
        parties=frozenset({"nato", "russia"}),
    )
    version = entries.adopt(db, entry, text, decision)
    _record(db, entry, EntryChange.ADOPTED, decision=decision.number, version=version.number)
    return decision.number


def end_entry(db: Session, entry: Entry, reason: str) -> None:
    """The end of an entry that was never adopted."""
    entries.close_unadopted(db, entry)
    _record(db, entry, EntryChange.WITHDRAWN, reason=reason)


def _record(db: Session, entry: Entry, change: EntryChange, **detail: str | int) -> None:
    happening = Happening(
        f"entry.{change.value}", "P(2026)0001", entry_id=entry.id, change=change, after=entry.digest
    )
    record(db, accounts.secretariat(db), happening, **detail)
