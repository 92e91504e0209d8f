"""What those who work on a proposal would do next."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.canonical import content_from
from app.entries.lint.reading import Stage
from app.entries.numbers import entry_id, entry_number
from app.entries.status import EntryStatus
from app.entries.tables import Entry
from app.proposals import operations
from app.proposals.assurance.discrepancies import settle_discrepancy
from app.proposals.causing import cause
from app.proposals.dossier import Dossier, assembled, dossier_of
from app.proposals.inputs import EventInput, NewRevision
from app.proposals.meetings.operations import call_meeting
from app.proposals.silence import opening
from app.proposals.silence.tables import Period, Silence
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import CERTIFIES, Event, State, judge
from tests.proposals.invariants.group import ACCOUNTS, CONCEPTS, DEFINITIONS, Group, text

PARTIES = ("nato", "russia", "norway", "sweden")
CO_CHAIRS = ("nato-co-chair", "russia-co-chair")
NEXT: dict[State, tuple[Event, tuple[str, ...]]] = {
    State.SUBMITTED: (Event.ACCEPT, ("secretariat",)),
    State.OBJECTED: (Event.OPEN_RECONCILIATION, ("secretariat",)),
    State.TABLED: (Event.AGREE, CO_CHAIRS),
    State.AD_REFERENDUM: (Event.CONFIRM, tuple(f"{party}-representative" for party in PARTIES[:3])),
}


class Steps:
    """The usual steps, each of which may be refused."""

    def __init__(self, group: Group) -> None:
        self.group = group

    def agreed(self) -> dict[str, tuple[int, int]]:
        """The version and the concept of each agreed entry, by its number."""
        with self.group.database.read() as db:
            found = db.scalars(select(Entry).where(col(Entry.status) == EntryStatus.AGREED)).all()
            return {
                entry_number(entry.id): (entry.current_version or 0, _concept(entry.content or ""))
                for entry in found
            }

    def running(self) -> list[str]:
        """The numbers of the silence procedures that run."""
        with self.group.database.read() as db:
            found = select(col(Silence.number)).where(col(Silence.ended_at).is_(None))
            return list(db.scalars(found.order_by(col(Silence.id))))

    def waiting(self) -> bool:
        """Whether a text waits for the parties to say nothing, or to confirm it."""
        return any(p.state in (State.UNDER_SILENCE, State.AD_REFERENDUM) for p in self.group.proposals())

    def change(self, proposal: Proposal) -> None:
        """Take up an objection, and give the French text its other wording."""
        self.cause(proposal, Event.OPEN_RECONCILIATION, "secretariat")

        def reword(db: Session, dossier: Dossier) -> None:
            section = dossier.content.languages["fr"]
            said = section.definition.text if section.definition else ""
            wording = (0, 1 - DEFINITIONS["fr"].index(said), 0)
            body = NewRevision(content=text(_concept(dossier.revision.content), wording))
            operations.revise(db, self.group.actor("nato-delegate"), dossier, body)

        self.group.on(proposal.number, reword)

    def entry(self, db: Session, number: str) -> Entry:
        return db.get_one(Entry, entry_id(number))

    def concept_of(self, proposal: Proposal) -> int:
        with self.group.database.read() as db:
            return _concept(db.get_one(ProposalRevision, (proposal.id, proposal.revision)).content)

    def version_of(self, proposal: Proposal) -> int | None:
        """The current version of what a proposal changes."""
        with self.group.database.read() as db:
            return db.get_one(Entry, proposal.entry_id).current_version if proposal.entry_id else None

    def permitted(self, proposal: Proposal, event: Event) -> list[str]:
        """Who may cause an event now, whatever its conditions say; the secretariat, if nobody may."""
        with self.group.database.read() as db:
            facts = assembled(db, proposal, self.group.profile).facts()
        names = [name for name in ACCOUNTS if judge(facts, event, self.group.actor(name)).permitted]
        return names or ["secretariat"]

    def cause(self, proposal: Proposal, event: Event, name: str, **changes: Any) -> object:
        body = given(self, proposal, event, **changes)
        return self.group.on(
            proposal.number, lambda db, dossier: cause(db, self.group.actor(name), dossier, event, body)
        )

    def push(self, proposal: Proposal) -> None:
        """One step towards agreement."""
        if proposal.state in (State.DRAFT, State.RETURNED):
            event = Event.SUBMIT if proposal.state is State.DRAFT else Event.RESUBMIT
            self.cause(proposal, event, f"{proposal.party}-delegate" if proposal.party else "secretariat")
        elif proposal.state is State.IN_REVIEW:
            self._finish_review(proposal)
        elif proposal.state is State.READY:
            self._decide_how(proposal)
        elif proposal.state in NEXT:
            event, names = NEXT[proposal.state]
            for name in names:
                self.cause(proposal, event, name)

    def ask_for_silence(self, db: Session, party: str, numbers: list[str], period: Period | None) -> object:
        actor, profile = self.group.actor(f"{party}-co-chair"), self.group.profile
        dossiers = [dossier_of(db, actor, number, profile) for number in numbers]
        return opening.request(db, actor, profile, dossiers, period)

    def _finish_review(self, proposal: Proposal) -> None:
        linguist, secretariat = self.group.actor("linguist"), self.group.actor("secretariat")

        def answer(db: Session, dossier: Dossier) -> None:
            for finding in dossier.remarks(Stage.FINAL).unanswered:
                operations.waive(db, secretariat, dossier, finding.check, finding.mark.element, "It is meant so.")
            for found in dossier.discrepancies:
                if found.closed_at is None and found.id is not None:
                    settle_discrepancy(db, linguist, dossier, found.id, "They agree.")

        self.group.on(proposal.number, answer)
        for event in CERTIFIES:
            self.cause(proposal, event, "linguist")
        self.cause(proposal, Event.FINALISE, "secretariat")

    def _decide_how(self, proposal: Proposal) -> None:
        if proposal.breaks > 1 or (proposal.id or 0) % 3 == 0:
            self.cause(proposal, Event.TABLE, "nato-co-chair")
            return
        for party in ("nato", "russia"):
            self.group.attempt(lambda db, party=party: self.ask_for_silence(db, party, [proposal.number], None))


def given(steps: Steps, proposal: Proposal, event: Event, element: str = "languages.ru.definition") -> EventInput:
    """All that an event may need."""
    said: dict[str, Any] = {"reason": "There is a reason."}
    if event in (Event.BREAK, Event.REFUSE, Event.OBJECT):
        said["objection"] = {"type": "linguistic", "element": element, "language": "ru", "alternative": "цель"}
    elif event is Event.RESERVE:
        said["statement"] = {"kind": "reservation", "element": element, "language": "ru", "text": "Оговорка."}
    elif event in (Event.CONCUR, Event.ABSTAIN):
        said["element"] = element
    elif event is Event.TABLE:
        said["meeting"] = _meeting(steps.group)
    elif event is Event.DIVERGE:
        with steps.group.database.read() as db:
            revision = db.get_one(ProposalRevision, (proposal.id, proposal.revision))
        said["content"] = content_from(revision.content)
    return EventInput(**said)


def _meeting(group: Group) -> str:
    with group.database.write() as db:
        held_on = group.clock().date()
        return call_meeting(db, group.actor("secretariat"), held_on=held_on, place="Brussels").number


def _concept(content: str) -> int:
    term = content_from(content).languages["en"].terms[0].text
    return next(place for place, concept in enumerate(CONCEPTS) if concept["en"] == term)
