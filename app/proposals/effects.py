"""What the events of the workflow do to entries."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.entries import operations as entries
from app.entries.numbers import ENTRY_SERIES, next_number
from app.entries.tables import DecisionMethod
from app.history.tables import EntryChange
from app.profile import Profile
from app.proposals.queries import Dossier
from app.proposals.workflow import Effect, ProposalKind


@dataclass(frozen=True)
class Change:
    """What became of the entry."""

    kind: EntryChange | None = None
    before: str | None = None
    """The digest of the public text before."""
    decision: str | None = None
    version: int | None = None


def apply(
    db: Session, dossier: Dossier, profile: Profile, wanted: Sequence[Effect], entry_id: int | None = None
) -> Change:
    """Carry out the effects of an event; a transition has at most one that changes the public entry."""
    for effect in wanted:
        match effect:
            case Effect.OPEN_ENTRY:
                return _open_entry(db, dossier, profile, entry_id)
            case Effect.REFRESH_ENTRY:
                return _refresh_entry(db, dossier)
            case Effect.ADOPT:
                return _adopt(db, dossier, profile)
            case Effect.CLOSE_ENTRY:
                return _close_entry(db, dossier)
    return Change()


def _open_entry(db: Session, dossier: Dossier, profile: Profile, entry_id: int | None) -> Change:
    if dossier.proposal.kind is not ProposalKind.NEW:
        return Change()
    number = entry_id or next_number(db, ENTRY_SERIES, first=profile.first_entry)
    entries.open_entry(db, number, dossier.content, proposal=dossier.proposal.number)
    dossier.proposal.entry_id = number
    return Change(EntryChange.PROPOSED)


def _refresh_entry(db: Session, dossier: Dossier) -> Change:
    if dossier.proposal.kind is not ProposalKind.NEW or dossier.entry is None:
        return Change()
    before = dossier.entry.digest
    entries.show_proposed(db, dossier.entry, dossier.content)
    return Change(EntryChange.REVISED, before)


def _adopt(db: Session, dossier: Dossier, profile: Profile) -> Change:
    if dossier.entry is None:
        raise RuntimeError("an accepted proposal has an entry")
    before = dossier.entry.digest
    decision = entries.new_decision(
        db,
        method=DecisionMethod.MEETING,
        level=profile.co_chairs_decide_at,
        parties=dossier.consensus_set,
    )
    version = entries.adopt(db, dossier.entry, dossier.content, decision)
    return Change(EntryChange.ADOPTED, before, decision.number, version.number)


def _close_entry(db: Session, dossier: Dossier) -> Change:
    if dossier.proposal.kind is not ProposalKind.NEW or dossier.entry is None:
        return Change()
    before = dossier.entry.digest
    entries.close_unadopted(db, dossier.entry)
    return Change(EntryChange.WITHDRAWN, before)
