"""Several proposals, moved at random by everybody who may and by many who may not."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import func
from sqlalchemy.orm import Session
from sqlmodel import col, select

from app.entries.statement_schemas import NewStatement
from app.entries.statement_tables import Statement
from app.entries.statements import make_statement, withdraw_statement
from app.errors import DomainError
from app.history.tables import AuditEvent
from app.proposals import operations
from app.proposals.assurance.discrepancies import log_discrepancy
from app.proposals.assurance.schemas import NewDiscrepancy
from app.proposals.causing import cause
from app.proposals.inputs import NewProposal, NewRevision
from app.proposals.silence import extending
from app.proposals.silence.queries import silence_numbered
from app.proposals.silence.tables import Period
from app.proposals.tables import Proposal
from app.proposals.ticking import next_deadline, tick
from app.proposals.workflow import TRANSITIONS, Event, ProposalKind, State
from tests.proposals.invariants import agreement, records
from tests.proposals.invariants.group import ACCOUNTS, CONCEPTS, Group, text
from tests.proposals.invariants.record import Record
from tests.proposals.invariants.steps import PARTIES, Steps, given

wordings = st.tuples(*[st.integers(0, 1)] * 3)
parties = st.sampled_from(PARTIES)
EVENTS = {state: sorted({row.event for row in TRANSITIONS if row.source is state}) for state in State}
NOT_OURS = {Event.REVISE, Event.EXPIRE, Event.LAPSE, Event.DROP_OUT}


class Agreement(RuleBasedStateMachine):
    """One history of the working group. Subclasses say on which connection."""

    connect: Callable[[], Any]
    reached: Counter[str]
    """How often each event happened, and each refusal, in all histories; and how the proposals ended."""

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.connect()
        self.group = Group(self.connection)
        self.steps = Steps(self.group)

    def teardown(self) -> None:
        with self.group.database.read() as db:
            record = Record(db)
            self.reached.update(event.action for event in record.of(AuditEvent))
            self.reached.update(f"{p.kind} {p.state}" for p in record.of(Proposal))
        self.group.close()
        self.connection.close()

    # ---- proposals

    @initialize(by=st.sampled_from(["nato-delegate", "secretariat"]))
    def begin(self, by: str) -> None:
        """One entry that is agreed already, two texts under silence together, and one under silence alone."""
        for concept in range(3):
            self.propose(concept, (0, 0, 0), by if concept else "nato-delegate")
        self.first = self.group.proposals()[0].id or 0
        self.push([2], 5)
        self.push([0, 1], 3)
        both = [proposal.number for proposal in self.group.proposals()[:2]]
        for party in ("nato", "russia"):
            self._keep(lambda db, party=party: self.steps.ask_for_silence(db, party, both, Period.URGENT))
        self.propose(3, (0, 0, 0), "russia-delegate")
        self.push([3], 4)

    @rule(
        concept=st.integers(0, len(CONCEPTS) - 1),
        wording=wordings,
        by=st.sampled_from(["nato-delegate", "russia-delegate", "secretariat"]),
    )
    def propose(self, concept: int, wording: tuple[int, int, int], by: str) -> None:
        if len(self.group.proposals()) >= 8:
            return
        body = NewProposal(kind=ProposalKind.NEW, content=text(concept, wording), justification="It is missing.")
        self._keep(lambda db: operations.propose(db, self.group.actor(by), self.group.profile, body))

    @precondition(lambda self: self.steps.agreed())
    @rule(
        data=st.data(),
        wording=wordings,
        by=st.sampled_from(["nato-delegate", "russia-delegate"]),
        steps=st.sampled_from([3, 4, 5, 0]),
    )
    def propose_change(self, data: st.DataObject, wording: tuple[int, int, int], by: str, steps: int) -> None:
        agreed = self.steps.agreed()
        number = data.draw(st.sampled_from(sorted(agreed)))
        kinds = [ProposalKind.AMEND, ProposalKind.CORRIGENDUM, ProposalKind.SUPERSEDE, ProposalKind.WITHDRAW]
        kind = data.draw(st.sampled_from(kinds))
        version, concept = agreed[number]
        made: dict[str, Any] = {"entry": number, "base_version": version}
        if kind is ProposalKind.SUPERSEDE:
            made["successor"] = data.draw(st.sampled_from(sorted(agreed)))
        if not kind.ends_entry:
            made["content"] = text(concept, wording)
        body = NewProposal(kind=kind, justification="It has to change.", **made)
        before = len(self.group.proposals())
        self._keep(lambda db: operations.propose(db, self.group.actor(by), self.group.profile, body))
        self.push([before], steps)

    @rule(data=st.data(), wording=wordings, by=st.sampled_from(["nato-delegate", "russia-delegate", "linguist"]))
    def revise(self, data: st.DataObject, wording: tuple[int, int, int], by: str) -> None:
        proposal = self._one(data, {State.DRAFT, State.RETURNED, State.IN_REVIEW})
        if proposal is None:
            return
        body = NewRevision(
            content=text(self.steps.concept_of(proposal), wording), base_version=self.steps.version_of(proposal)
        )
        self._keep_on(proposal, lambda db, dossier: operations.revise(db, self.group.actor(by), dossier, body))

    # ---- events

    @rule(places=st.lists(st.integers(0, 7), min_size=2, max_size=4, unique=True), times=st.integers(1, 3))
    def push(self, places: list[int], times: int) -> None:
        """Bring proposals on by so many steps, as those who work on them would."""
        for _ in range(times):
            proposals = self.group.proposals()
            for place in places:
                if place < len(proposals):
                    self.steps.push(proposals[place])

    @rule(data=st.data(), stranger=st.sampled_from([None, None, *sorted(ACCOUNTS)]))
    def cause_anything(self, data: st.DataObject, stranger: str | None) -> None:
        """An event by somebody who may cause it, as a rule, or by somebody else."""
        proposal = self._one(data, {state for state in State if set(EVENTS[state]) - NOT_OURS})
        if proposal is None:
            return
        event = data.draw(st.sampled_from([e for e in EVENTS[proposal.state] if e not in NOT_OURS]))
        name = stranger or data.draw(st.sampled_from(self.steps.permitted(proposal, event)))
        body = given(self.steps, proposal, event)
        self._keep_on(proposal, lambda db, dossier: cause(db, self.group.actor(name), dossier, event, body))

    @rule(data=st.data(), times=st.integers(1, 2))
    def agree_on_something(self, data: st.DataObject, times: int) -> None:
        """All partners of a joint event record it, one after the other, unless one stops short."""
        proposal = self._one(
            data, {State.READY, State.TABLED, State.UNDER_SILENCE, State.OBJECTED, State.IN_REVIEW}
        )
        if proposal is None:
            return
        joint = [row.event for row in TRANSITIONS if row.source is proposal.state and row.joint]
        event = data.draw(st.sampled_from(sorted(set(joint))))
        role = "representative" if event is Event.WITHDRAW_OBJECTION else "co-chair"
        for party in ("nato", "russia")[:times]:
            self.steps.cause(proposal, event, f"{party}-{role}")

    @rule(
        data=st.data(),
        party=parties,
        element=st.sampled_from(["", "languages.ru.definition", "languages.en.terms"]),
    )
    def take_position(self, data: st.DataObject, party: str, element: str) -> None:
        events = [Event.CONCUR, Event.ABSTAIN, Event.OBJECT, Event.RESERVE]
        proposal = self._one(data, {row.source for row in TRANSITIONS if row.event in events})
        if proposal is not None:
            event = data.draw(st.sampled_from(events))
            self.steps.cause(proposal, event, f"{party}-representative", element=element)

    @rule(
        data=st.data(), pair=st.sampled_from(["en-fr", "en-ru"]), gravity=st.sampled_from(["minor", "substantive"])
    )
    def find_discrepancy(self, data: st.DataObject, pair: str, gravity: str) -> None:
        proposal = self._one(data, {State.IN_REVIEW, State.READY, State.TABLED})
        if proposal is None:
            return
        body = NewDiscrepancy(pair=pair, element="definition", gravity=gravity, text="They differ.")
        linguist = self.group.actor("linguist")
        self._keep_on(proposal, lambda db, dossier: log_discrepancy(db, linguist, dossier, body))

    # ---- silence

    @rule(
        data=st.data(), period=st.sampled_from([None, *Period]), asking=st.sampled_from(["both", "nato", "russia"])
    )
    def ask_for_silence(self, data: st.DataObject, period: Period | None, asking: str) -> None:
        ready = [p.number for p in self.group.proposals() if p.state is State.READY]
        if not ready:
            return
        chosen = data.draw(st.lists(st.sampled_from(ready), min_size=1, unique=True))
        for party in ("nato", "russia") if asking == "both" else (asking,):
            self._keep(lambda db, party=party: self.steps.ask_for_silence(db, party, chosen, period))

    @precondition(lambda self: self.steps.waiting())
    @rule(data=st.data(), party=parties)
    def break_silence(self, data: st.DataObject, party: str) -> None:
        proposal = self._one(data, {State.UNDER_SILENCE, State.AD_REFERENDUM})
        if proposal is not None:
            event = Event.BREAK if proposal.state is State.UNDER_SILENCE else Event.REFUSE
            self.steps.cause(proposal, event, f"{party}-representative")

    @precondition(lambda self: self.steps.waiting())
    @rule(party=st.sampled_from(["nato", "russia"]), whole=st.booleans())
    def answer_and_go_on(self, party: str, whole: bool) -> None:
        """Silence is broken, the text reconciled or defended, and put under silence again."""
        proposal = next(p for p in self.group.proposals() if p.state in (State.UNDER_SILENCE, State.AD_REFERENDUM))
        event = Event.BREAK if proposal.state is State.UNDER_SILENCE else Event.REFUSE
        self.steps.cause(proposal, event, f"{party}-representative", element="" if whole else "languages.fr")
        self.steps.change(proposal)
        self.push([(proposal.id or 0) - self.first], 3)

    @precondition(lambda self: self.steps.running())
    @rule(
        data=st.data(),
        party=parties,
        days=st.integers(1, 30),
        what=st.sampled_from(["ask", "ask", "grant", "refuse"]),
    )
    def change_the_time(self, data: st.DataObject, party: str, days: int, what: str) -> None:
        number = data.draw(st.sampled_from(self.steps.running()))
        profile, speaker, chair = self.group.profile, f"{party}-representative", f"{party}-co-chair"

        def work(db: Session) -> object:
            silence = silence_numbered(db, number)
            if what == "ask":
                actor = self.group.actor(speaker)
                return extending.ask_for_time(db, actor, profile, silence, working_days=days, reason="Pause.")
            if what == "grant":
                return extending.grant_time(db, self.group.actor(chair), profile, silence, 2)
            return extending.refuse_urgency(db, self.group.actor(speaker), profile, silence)

        self._keep(work)

    # ---- time

    @rule(hours=st.sampled_from([1, 24, 24 * 9]))
    def wait(self, hours: int) -> None:
        self.group.clock.advance(hours=hours)

    @rule(later=st.sampled_from([-1, 0, 1, 1_000_000]), ticks=st.integers(0, 2))
    def come_to_a_deadline(self, later: int, ticks: int) -> None:
        """To the next deadline, or some microseconds around it; whoever lets things happen may be late.

        Reminders, which change nothing, come on the way.
        """
        with self.group.database.read() as db:
            deadline = db.scalar(select(func.min(col(Proposal.deadline))))
        if deadline is not None:
            self.group.clock.set_to(max(deadline, self.group.clock()))
            self.group.clock.advance(microseconds=max(later, 0))
        for _ in range(ticks):
            self.tick()

    @rule()
    def tick(self) -> None:
        def settle(db: Session) -> None:
            while (first := next_deadline(db)) is not None and first < self.group.clock():
                tick(db, self.group.profile)

        self._keep(settle)
        with self.group.database.read() as db:
            following = next_deadline(db)
            assert following is None or following >= self.group.clock()
            assert tick(db, self.group.profile) == []

    @precondition(lambda self: any(p.state in (State.DEFERRED, State.RETURNED) for p in self.group.proposals()))
    @rule()
    def let_a_year_pass(self) -> None:
        self.group.clock.advance(days=367)
        self.tick()

    # ---- statements

    @precondition(lambda self: self.steps.agreed())
    @rule(data=st.data(), party=parties, back=st.booleans())
    def state(self, data: st.DataObject, party: str, back: bool) -> None:
        number = data.draw(st.sampled_from(sorted(self.steps.agreed())))
        body = NewStatement(kind="reservation", language="ru", text="Оговорка.")
        actor = self.group.actor(f"{party}-representative")

        def work(db: Session) -> object:
            entry = self.steps.entry(db, number)
            if not back:
                return make_statement(db, actor, entry, body)
            found = db.scalars(select(Statement).where(col(Statement.entry_id) == entry.id)).first()
            return withdraw_statement(db, actor, entry, found.id if found else 1)

        self._keep(work)

    # ---- what holds after each step

    @invariant()
    def everything_holds(self) -> None:
        with self.group.database.read() as db:
            record = Record(db)
            for check in (*records.CHECKS, *agreement.CHECKS):
                check(record)

    def _one(self, data: st.DataObject, states: set[State]) -> Proposal | None:
        found = [proposal for proposal in self.group.proposals() if proposal.state in states]
        return data.draw(st.sampled_from(found)) if found else None

    def _keep(self, work: Callable[[Session], object]) -> None:
        self._count(self.group.attempt(work))

    def _keep_on(self, proposal: Proposal, work: Callable[..., object]) -> None:
        self._count(self.group.on(proposal.number, work))

    def _count(self, outcome: object) -> None:
        if isinstance(outcome, DomainError):
            self.reached[outcome.code] += 1
