"""The deadlines that a caller may know of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor
from app.entries.content import Acceptability
from app.entries.numbers import entry_number
from app.entries.tables import EntryTerm
from app.languages.codes import LanguageCode
from app.profile import Profile
from app.proposals.deadlines.schemas import DeadlineKind, DeadlineOut
from app.proposals.queries import readable_by
from app.proposals.silence.tables import Extension, ItemState, Silence, SilenceItem
from app.proposals.tables import Proposal
from app.proposals.workflow import State
from app.texts.catalogues import N_, catalogue, translated
from app.texts.filling import put

_SILENCE = N_("Silence expires: {term}")
_CONFIRMATION = N_("Confirmation due: {term}")
_REVIEW = N_("Review due: {term}")


@dataclass(frozen=True)
class Calendar:
    """Whose deadlines are told, and how."""

    actor: Actor
    profile: Profile
    language: LanguageCode
    host: str
    """Makes the identifiers of the events differ from those of every other calendar."""


def deadlines(db: Session, calendar: Calendar) -> list[DeadlineOut]:
    """Those that are still to come, in their order."""
    running, waiting = _running(db), _waiting(db, calendar.actor)
    concerned = [proposal for _, proposals in running.values() for proposal in proposals] + [*waiting]
    said = _Said(calendar, _terms(db, concerned, calendar.language), _moved(db, running))
    found = [said.of_silence(silence, proposals) for silence, proposals in running.values()]
    found += [said.of_proposal(proposal) for proposal in waiting]
    return sorted(found, key=lambda one: (one.at, one.uid))


@dataclass(frozen=True)
class _Said:
    """What is said of deadlines to one caller."""

    calendar: Calendar
    terms: Mapping[int, str]
    moved: Mapping[int, datetime]

    def of_silence(self, silence: Silence, proposals: Sequence[Proposal]) -> DeadlineOut:
        texts = catalogue(self.calendar.language)
        title = str(
            texts.ungettext("Silence on {count} text expires", "Silence on {count} texts expires", len(proposals))
        )
        changed = max(silence.opened_at, self.moved.get(silence.id or 0, silence.opened_at))
        if len(proposals) == 1:
            title = self._title(_SILENCE, proposals[0])
        return DeadlineOut(
            kind=DeadlineKind.SILENCE,
            number=silence.number,
            uid=self._uid(silence.number, DeadlineKind.SILENCE),
            at=silence.expires_at,
            zone=silence.zone,
            title=put(title, count=str(len(proposals))),
            proposals=[proposal.number for proposal in proposals],
            changed=changed,
        )

    def of_proposal(self, proposal: Proposal) -> DeadlineOut:
        """The time for confirming or, before that, for review."""
        confirms = proposal.state is State.AD_REFERENDUM
        kind = DeadlineKind.CONFIRMATION if confirms else DeadlineKind.REVIEW
        at = proposal.deadline if confirms else proposal.due_at
        if at is None:
            raise RuntimeError("a proposal without a deadline was asked for its deadline")
        return DeadlineOut(
            kind=kind,
            number=proposal.number,
            uid=self._uid(proposal.number, kind),
            at=at,
            zone=self.calendar.profile.silence.zone,
            title=self._title(_CONFIRMATION if confirms else _REVIEW, proposal),
            proposals=[proposal.number],
            changed=proposal.updated_at,
        )

    def _title(self, sentence: str, proposal: Proposal) -> str:
        entry = proposal.entry_id or 0
        term = self.terms.get(entry) or (entry_number(entry) if entry else proposal.number)
        return put(translated(sentence, self.calendar.language), term=term)

    def _uid(self, number: str, kind: DeadlineKind) -> str:
        # One proposal has several deadlines in its time, each an event of its own.
        return f"{number}-{kind.value}@{self.calendar.host}"


def _running(db: Session) -> Mapping[int, tuple[Silence, list[Proposal]]]:
    """The silence procedures that run, with what is still pending of each."""
    query = (
        select(Silence, Proposal)
        .join(SilenceItem, col(SilenceItem.silence_id) == col(Silence.id))
        .join(Proposal, col(Proposal.id) == col(SilenceItem.proposal_id))
        .where(col(Silence.ended_at).is_(None), col(SilenceItem.state) == ItemState.PENDING)
        .order_by(col(Silence.id), col(Proposal.id))
    )
    found: dict[int, tuple[Silence, list[Proposal]]] = {}
    for silence, proposal in db.execute(query):
        found.setdefault(silence.id or 0, (silence, []))[1].append(proposal)
    return found


def _moved(db: Session, silences: Iterable[int]) -> dict[int, datetime]:
    """When the ends of procedures were last moved by an extension."""
    query = select(Extension).where(col(Extension.silence_id).in_(list(silences)))
    granted = db.scalars(query.order_by(col(Extension.number)))
    return {one.silence_id: one.granted_at for one in granted if one.granted_at is not None}


def _waiting(db: Session, actor: Actor) -> Sequence[Proposal]:
    """The proposals that the caller may read and that wait for confirmation or for the end of review."""
    confirms = (col(Proposal.state) == State.AD_REFERENDUM) & col(Proposal.deadline).is_not(None)
    reviewed = (col(Proposal.state) == State.IN_REVIEW) & col(Proposal.due_at).is_not(None)
    query = select(Proposal).where(readable_by(actor), confirms | reviewed)
    return db.scalars(query.order_by(col(Proposal.id))).all()


def _terms(db: Session, proposals: Iterable[Proposal], language: LanguageCode) -> dict[int, str]:
    """The preferred term of the entry of each proposal, as far as there is one in the language."""
    entries = {proposal.entry_id for proposal in proposals if proposal.entry_id is not None}
    query = select(EntryTerm).where(
        col(EntryTerm.entry_id).in_(entries),
        col(EntryTerm.language) == language,
        col(EntryTerm.acceptability) == Acceptability.PREFERRED,
    )
    # The first of several: the others are abbreviations.
    found = db.scalars(query.order_by(col(EntryTerm.entry_id), col(EntryTerm.position).desc()))
    return {term.entry_id: term.text for term in found}
