"""The engine: one pure function over the table. It knows neither HTTP nor SQL."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.accounts.actor import Actor
from app.proposals.workflow.facts import Facts
from app.proposals.workflow.states import Effect, Event, State
from app.proposals.workflow.table import TRANSITIONS, Joint, Transition

_BY_STATE_AND_EVENT = {(row.source, row.event): row for row in TRANSITIONS}


@dataclass(frozen=True)
class Verdict:
    """What the table says of one event."""

    event: Event
    transition: Transition | None
    permitted: bool = False
    failing: tuple[str, ...] = ()
    """The names of the guards that fail."""
    target: State | None = None
    """The state after the event; the present one while a joint event waits for its partners."""
    effects: tuple[Effect, ...] = ()
    waits_for: tuple[str, ...] = ()
    """The parties or sides that a joint event still needs."""

    @property
    def allowed(self) -> bool:
        return self.permitted and not self.failing


def judge(facts: Facts, event: Event, actor: Actor) -> Verdict:
    """What would come of the event, were the actor to cause it now."""
    row = _BY_STATE_AND_EVENT.get((facts.state, event))
    if row is None:
        return Verdict(event, None)
    permitted = row.who(actor, facts.work)
    waits_for = _missing_partners(row, facts, actor)
    return Verdict(
        event,
        row,
        permitted=permitted,
        # Guards may lint the text; nobody waits for that who may not cause the event anyway.
        failing=tuple(g.__name__ for g in row.guards if not g(facts, actor, event)) if permitted else (),
        target=facts.state if waits_for else row.target,
        effects=row.each if waits_for else row.each + row.effects,
        waits_for=waits_for,
    )


def events_for(facts: Facts, actor: Actor) -> list[Verdict]:
    """The events that the actor may cause in this state, with the guards that would fail now."""
    verdicts = (judge(facts, row.event, actor) for row in TRANSITIONS if row.source is facts.state)
    return [verdict for verdict in verdicts if verdict.permitted]


def _missing_partners(row: Transition, facts: Facts, actor: Actor) -> tuple[str, ...]:
    """Who still has to record the event, should the actor do so now."""
    if row.joint is None:
        return ()
    terms = facts.given.terms
    recorded = {party for party, signed in facts.signed.items() if signed.is_for(row.event, terms)} | {actor.party}
    sides, consenting = facts.work.sides, facts.work.consensus_set
    match row.joint:
        case Joint.SIDES:
            needed: Iterable[str] = {sides.get(party, party) for party in consenting}
            recorded = {sides.get(party, party) for party in recorded & {*consenting} if party}
        case Joint.PARTIES:
            needed = consenting
        case Joint.OBJECTORS:
            # Who has withdrawn an objection no longer objects, and who has objected anew does again.
            needed, recorded = facts.work.objectors, {actor.party}
    return tuple(sorted(set(needed) - recorded))
