"""Entries as the API shows them."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.entries.canonical import content_from
from app.entries.numbers import entry_number
from app.entries.queries import decisions_of
from app.entries.schemas import DecisionRef, EntryOut, EntryRef, VersionOut
from app.entries.tables import Decision, Entry, EntryVersion


def entry_uri(public_url: str, entry_id: int) -> str:
    """The permanent address of an entry."""
    return f"{public_url}/id/{entry_number(entry_id)}"


def entries_out(db: Session, entries: Sequence[Entry], public_url: str) -> list[EntryOut]:
    """Entries with their public texts and decisions, by two queries whatever their number."""
    adopted = decisions_of(db, entries)
    return [_entry_out(entry, adopted.get(entry.id), public_url) for entry in entries]


def entry_ref(entry: Entry, public_url: str) -> EntryRef:
    """The short form in which other things name an entry."""
    return EntryRef(
        id=entry.id, number=entry_number(entry.id), status=entry.status, uri=entry_uri(public_url, entry.id)
    )


def version_out(version: EntryVersion, decision: Decision, public_url: str) -> VersionOut:
    number = entry_number(version.entry_id)
    return VersionOut(
        entry=number,
        version=version.number,
        uri=f"{public_url}/v1/entries/{number}/versions/{version.number}",
        digest=version.digest,
        adopted=version.adopted_at,
        decision=decision_ref(decision),
        content=content_from(version.content),
    )


def decision_ref(decision: Decision) -> DecisionRef:
    return DecisionRef(number=decision.number, method=decision.method, level=decision.level)


def _entry_out(entry: Entry, adopted: tuple[EntryVersion, Decision] | None, public_url: str) -> EntryOut:
    return EntryOut(
        id=entry.id,
        number=entry_number(entry.id),
        uri=entry_uri(public_url, entry.id),
        status=entry.status,
        version=entry.current_version,
        digest=entry.digest,
        adopted=adopted[0].adopted_at if adopted else None,
        decision=decision_ref(adopted[1]) if adopted else None,
        proposal=entry.proposal,
        content=content_from(entry.content) if entry.content is not None else None,
    )
