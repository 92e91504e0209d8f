"""The states of a proposal and the events that move it: a table, and one pure function over it.

To extend the workflow, add rows to TRANSITIONS, and guards where a row needs a new one. The engine knows
neither HTTP nor SQL. Whatever is not in the table is not allowed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app import policy
from app.accounts.actor import Actor
from app.policy import Rule, Work


class ProposalKind(StrEnum):
    NEW = "new"
    AMEND = "amend"
    ADD_LANGUAGE = "add-language"


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    IN_REVIEW = "in_review"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    REVISE = "revise"
    SUBMIT = "submit"
    RETURN = "return"
    RESUBMIT = "resubmit"
    REJECT = "reject"
    ACCEPT = "accept"
    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


class Effect(StrEnum):
    """What the operation does beside changing the state."""

    OPEN_ENTRY = "open_entry"  # a new entry gets its number and is shown as proposed
    REFRESH_ENTRY = "refresh_entry"  # the proposed text that is shown follows the revision
    ADOPT = "adopt"  # the revision becomes a version, by a numbered decision
    CLOSE_ENTRY = "close_entry"  # an entry that never had a version is shown as withdrawn


def _none() -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Faults:
    """The findings of the linter that stand in the way, each as `check: element`.

    They are worked out only where a guard needs to know.
    """

    of_draft: Callable[[], Sequence[str]] = _none
    """Errors, but for what a draft may still lack."""
    of_final: Callable[[], Sequence[str]] = _none
    """Errors in a text that is to be agreed."""
    unanswered: Callable[[], Sequence[str]] = _none
    """Warnings for which nobody has given a reason."""


NO_FAULTS = Faults()


@dataclass(frozen=True)
class Facts:
    """All of a proposal that the engine looks at."""

    state: State
    work: Work
    base_is_current: bool = True
    """The entry still has the version that the text was written against; true of a new entry."""
    missing: tuple[str, ...] = ()
    """Fields without which the text cannot be agreed."""
    signed: dict[str, Event] = field(default_factory=dict)
    """What the co-chair of each party has recorded on the current revision."""
    reason: str | None = None
    """The reason given with the event."""
    faults: Faults = NO_FAULTS
    """What the linter says of the text."""


Guard = Callable[[Facts, Actor, Event], bool]


def base_is_current(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.base_is_current


def text_is_complete(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return not facts.missing


def draft_has_no_errors(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return not facts.faults.of_draft()


def text_has_no_errors(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return not facts.faults.of_final()


def warnings_are_answered(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return not facts.faults.unanswered()


def reason_is_given(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return bool(facts.reason)


def not_signed_yet(facts: Facts, actor: Actor, event: Event) -> bool:
    return actor.party is None or facts.signed.get(actor.party) is not event


@dataclass(frozen=True)
class Transition:
    source: State
    event: Event
    target: State
    who: Rule
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    joint: bool = False
    """The target is reached when every party of the consensus set has recorded the same event."""


TRANSITIONS: tuple[Transition, ...] = (
    Transition(State.DRAFT, Event.REVISE, State.DRAFT, policy.proposing_party),
    Transition(
        State.DRAFT, Event.SUBMIT, State.SUBMITTED, policy.proposing_party, (base_is_current, draft_has_no_errors)
    ),
    Transition(State.DRAFT, Event.WITHDRAW, State.WITHDRAWN, policy.proposing_party),
    Transition(State.SUBMITTED, Event.RETURN, State.RETURNED, policy.secretariat, (reason_is_given,)),
    Transition(State.SUBMITTED, Event.REJECT, State.REJECTED, policy.secretariat, (reason_is_given,)),
    Transition(
        State.SUBMITTED,
        Event.ACCEPT,
        State.IN_REVIEW,
        policy.secretariat,
        (base_is_current,),
        (Effect.OPEN_ENTRY,),
    ),
    Transition(State.SUBMITTED, Event.WITHDRAW, State.WITHDRAWN, policy.proposing_party),
    Transition(State.RETURNED, Event.REVISE, State.RETURNED, policy.proposing_party),
    Transition(
        State.RETURNED,
        Event.RESUBMIT,
        State.SUBMITTED,
        policy.proposing_party,
        (base_is_current, draft_has_no_errors),
    ),
    Transition(State.RETURNED, Event.WITHDRAW, State.WITHDRAWN, policy.proposing_party),
    Transition(State.IN_REVIEW, Event.REVISE, State.IN_REVIEW, policy.editor, (), (Effect.REFRESH_ENTRY,)),
    Transition(
        State.IN_REVIEW,
        Event.AGREE,
        State.ADOPTED,
        policy.each_co_chair,
        (base_is_current, text_is_complete, text_has_no_errors, warnings_are_answered, not_signed_yet),
        (Effect.ADOPT,),
        joint=True,
    ),
    Transition(
        State.IN_REVIEW,
        Event.DECLINE,
        State.REJECTED,
        policy.each_co_chair,
        (reason_is_given, not_signed_yet),
        (Effect.CLOSE_ENTRY,),
        joint=True,
    ),
    Transition(
        State.IN_REVIEW,
        Event.WITHDRAW,
        State.WITHDRAWN,
        policy.proposing_party,
        (reason_is_given,),
        (Effect.CLOSE_ENTRY,),
    ),
)

OPEN_STATES = frozenset(row.source for row in TRANSITIONS)
"""The states that a proposal can still leave."""

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
    """The state after the event; the present one while a joint event waits for the other parties."""
    effects: tuple[Effect, ...] = ()

    @property
    def allowed(self) -> bool:
        return self.permitted and not self.failing


def judge(facts: Facts, event: Event, actor: Actor) -> Verdict:
    """What would come of the event, were the actor to cause it now."""
    row = _BY_STATE_AND_EVENT.get((facts.state, event))
    if row is None:
        return Verdict(event, None)
    failing = tuple(guard.__name__ for guard in row.guards if not guard(facts, actor, event))
    agreed = {party for party, signed in facts.signed.items() if signed is event} | {actor.party}
    complete = not row.joint or facts.work.consensus_set <= agreed
    return Verdict(
        event,
        row,
        permitted=row.who(actor, facts.work),
        failing=failing,
        target=row.target if complete else facts.state,
        effects=row.effects if complete else (),
    )


def events_for(facts: Facts, actor: Actor) -> list[Verdict]:
    """The events that the actor may cause in this state, with the guards that would fail now."""
    verdicts = [judge(facts, row.event, actor) for row in TRANSITIONS if row.source is facts.state]
    return [verdict for verdict in verdicts if verdict.permitted]
