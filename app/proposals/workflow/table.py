"""The table of the workflow: from which state which event leads where, who may cause it, and on what conditions.

It is the specification as data. Whatever is not in it is not allowed; docs/workflow.md is made from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app import policy
from app.policy import Rule
from app.proposals.workflow import guards as is_met
from app.proposals.workflow.guards import Guard
from app.proposals.workflow.states import CERTIFIES, Effect, Event, State


class Joint(StrEnum):
    """Who has to record the same event before it takes effect."""

    SIDES = "sides"  # a co-chair of each side
    PARTIES = "parties"  # each party of the consensus set
    OBJECTORS = "objectors"  # each party whose objection stands


@dataclass(frozen=True)
class Transition:
    source: State
    event: Event
    target: State
    who: Rule
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    """What happens once the target is reached."""
    joint: Joint | None = None
    """The target is reached when all of these have recorded the event on the same terms."""
    each: tuple[Effect, ...] = ()
    """What happens with each record of a joint event, also while it waits for others."""


FINAL_TEXT = (
    is_met.text_is_complete,
    is_met.text_has_no_errors,
    is_met.warnings_are_answered,
    is_met.discrepancies_are_settled,
)
OBJECTIONS = (is_met.reason_is_given, is_met.objection_is_whole)


def _before_review() -> Iterable[Transition]:
    own, office = policy.proposing_party, policy.secretariat
    yield Transition(State.DRAFT, Event.REVISE, State.DRAFT, own)
    submittable = (is_met.base_is_current, is_met.draft_has_no_errors)
    yield Transition(State.DRAFT, Event.SUBMIT, State.SUBMITTED, own, submittable)
    yield Transition(State.SUBMITTED, Event.RETURN, State.RETURNED, office, (is_met.reason_is_given,))
    yield Transition(State.SUBMITTED, Event.REJECT, State.REJECTED, office, (is_met.reason_is_given,))
    acceptable = (is_met.base_is_current,)
    yield Transition(State.SUBMITTED, Event.ACCEPT, State.IN_REVIEW, office, acceptable, (Effect.OPEN_ENTRY,))
    yield Transition(State.RETURNED, Event.REVISE, State.RETURNED, own)
    yield Transition(State.RETURNED, Event.RESUBMIT, State.SUBMITTED, own, submittable)
    for state in (State.DRAFT, State.SUBMITTED, State.RETURNED):
        yield Transition(state, Event.WITHDRAW, State.WITHDRAWN, own)


def _review() -> Iterable[Transition]:
    state = State.IN_REVIEW
    yield Transition(state, Event.REVISE, state, policy.editor, (), (Effect.REFRESH_ENTRY,))
    for event, part in CERTIFIES.items():
        who = policy.CERTIFIERS[part]
        conditions = (is_met.text_is_there, is_met.somebody_else_wrote_it, is_met.not_certified_yet)
        yield Transition(state, event, state, who, conditions, (Effect.CERTIFY,))
    finished = (
        is_met.base_is_current,
        is_met.successor_is_agreed,
        *FINAL_TEXT,
        is_met.languages_are_certified,
        is_met.concordance_is_certified,
    )
    yield Transition(state, Event.FINALISE, State.READY, policy.secretariat, finished)
    reason = (is_met.reason_is_given,)
    yield Transition(State.READY, Event.REOPEN_REVIEW, state, policy.secretariat, reason)


def _silence() -> Iterable[Transition]:
    ready, running, clock = State.READY, State.UNDER_SILENCE, policy.the_clock
    openable = (
        is_met.base_is_current,
        is_met.successor_is_agreed,
        *FINAL_TEXT,
        is_met.silence_is_not_exhausted,
    )
    yield Transition(ready, Event.OPEN_SILENCE, running, policy.each_co_chair, openable, (), Joint.SIDES)
    expiring = (is_met.time_is_over, is_met.base_is_current, is_met.successor_is_agreed)
    yield Transition(running, Event.EXPIRE, State.ADOPTED, clock, expiring, (Effect.ADOPT,))
    breaking = (is_met.silence_runs, *OBJECTIONS)
    who = policy.representative
    yield Transition(running, Event.BREAK, State.OBJECTED, who, breaking, (Effect.OBJECT,))
    pulling = (is_met.silence_runs, is_met.reason_is_given, is_met.not_signed_yet)
    yield Transition(running, Event.PULL, State.IN_REVIEW, policy.each_co_chair, pulling, (), Joint.SIDES)
    yield Transition(running, Event.DROP_OUT, ready, clock)
    objected, office = State.OBJECTED, policy.secretariat
    yield Transition(
        objected, Event.OPEN_RECONCILIATION, State.IN_REVIEW, office, (is_met.review_is_not_exhausted,)
    )
    lifted = (Effect.LIFT_OBJECTION,)
    yield Transition(objected, Event.WITHDRAW_OBJECTION, ready, policy.objector, joint=Joint.OBJECTORS, each=lifted)


def _meeting() -> Iterable[Transition]:
    tabled, referred, co_chair = State.TABLED, State.AD_REFERENDUM, policy.each_co_chair
    yield Transition(State.READY, Event.TABLE, tabled, co_chair, (is_met.meeting_is_named,))
    conditions = (is_met.base_is_current, is_met.successor_is_agreed, *FINAL_TEXT, is_met.not_signed_yet)
    yield Transition(tabled, Event.AGREE, State.ADOPTED, co_chair, conditions, (Effect.ADOPT,), Joint.SIDES)
    starts = (Effect.SHOW_REFERENDUM,)
    yield Transition(tabled, Event.AGREE_AD_REFERENDUM, referred, co_chair, conditions, starts, Joint.SIDES)
    minuted = (is_met.reason_is_given, is_met.not_signed_yet)
    yield Transition(tabled, Event.NO_CONSENSUS, State.IN_REVIEW, co_chair, minuted, (), Joint.SIDES)
    still_right, party = (is_met.base_is_current, is_met.successor_is_agreed), policy.representative
    confirming, expiring = (
        (is_met.silence_runs, *still_right, is_met.not_signed_yet),
        (is_met.time_is_over, *still_right),
    )
    adopts = (Effect.ADOPT,)
    yield Transition(referred, Event.CONFIRM, State.ADOPTED, party, confirming, adopts, Joint.PARTIES)
    yield Transition(referred, Event.EXPIRE, State.ADOPTED, policy.the_clock, expiring, adopts)
    yield Transition(referred, Event.DROP_OUT, State.READY, policy.the_clock, (), (Effect.SHOW_REFERENDUM,))
    refusing, refused = (is_met.silence_runs, *OBJECTIONS), (Effect.OBJECT, Effect.SHOW_REFERENDUM)
    yield Transition(referred, Event.REFUSE, State.OBJECTED, party, refusing, refused)


def _positions() -> Iterable[Transition]:
    took = (Effect.TAKE_POSITION,)
    for state in (State.IN_REVIEW, State.READY, State.UNDER_SILENCE, State.TABLED, State.AD_REFERENDUM):
        timely = (is_met.silence_runs,) if state in (State.UNDER_SILENCE, State.AD_REFERENDUM) else ()
        for event in (Event.CONCUR, Event.ABSTAIN):
            yield Transition(state, event, state, policy.representative, timely, took)
        reserving = (*timely, is_met.statement_is_given)
        yield Transition(state, Event.RESERVE, state, policy.representative, reserving, took)
    for state in (State.IN_REVIEW, State.READY, State.OBJECTED, State.TABLED):
        yield Transition(state, Event.OBJECT, state, policy.representative, OBJECTIONS, took)


def _ends() -> Iterable[Transition]:
    co_chair, closes = policy.each_co_chair, (Effect.CLOSE_ENTRY,)
    reasoned = (is_met.reason_is_given, is_met.not_signed_yet)
    for state in (State.IN_REVIEW, State.TABLED):
        yield Transition(state, Event.DECLINE, State.REJECTED, co_chair, reasoned, closes, Joint.SIDES)
    parallel = (is_met.own_text_is_given, *reasoned)
    shown = (Effect.DIVERGE,)
    for state in (State.IN_REVIEW, State.OBJECTED, State.READY, State.TABLED):
        yield Transition(state, Event.DEFER, State.DEFERRED, co_chair, reasoned, (), Joint.SIDES)
        yield Transition(state, Event.DIVERGE, State.DIVERGED, co_chair, parallel, shown, Joint.SIDES)
    reason, own = (is_met.reason_is_given,), policy.proposing_party
    for state in (State.IN_REVIEW, State.READY, State.OBJECTED, State.DEFERRED):
        yield Transition(state, Event.WITHDRAW, State.WITHDRAWN, own, reason, closes)
    for state in (State.DRAFT, State.RETURNED, State.DEFERRED):
        yield Transition(state, Event.LAPSE, State.LAPSED, policy.the_clock, (is_met.time_is_over,), closes)


TRANSITIONS: tuple[Transition, ...] = (
    *_before_review(),
    *_review(),
    *_silence(),
    *_meeting(),
    *_positions(),
    *_ends(),
)

OPEN_STATES = frozenset(row.source for row in TRANSITIONS)
"""The states that a proposal can still leave."""

IDLE_STATES = frozenset(row.source for row in TRANSITIONS if row.event is Event.LAPSE)
"""The states in which a proposal lapses if nobody touches it for long."""
