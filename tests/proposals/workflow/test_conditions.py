"""The conditions of the workflow: on which events each of them stands, and when it fails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.accounts.actor import CLOCK, Actor, Role
from app.proposals.workflow import TRANSITIONS, Event, Facts, Faults, Given, ProposalKind, State, judge
from tests.proposals.workflow import statement
from tests.proposals.workflow.statement import AT, BOTH, LATER, PARTS, RULES, signed_by

# Somebody who may do whatever anybody may.
ALL = Actor(account_id=7, party="nato", roles=frozenset(Role), is_clock=True)

SUBMIT, RESUBMIT = (State.DRAFT, Event.SUBMIT), (State.RETURNED, Event.RESUBMIT)
ACCEPT, FINALISE = (State.SUBMITTED, Event.ACCEPT), (State.IN_REVIEW, Event.FINALISE)
OPEN_SILENCE, EXPIRE = (State.READY, Event.OPEN_SILENCE), (State.UNDER_SILENCE, Event.EXPIRE)
LIFT = (State.OBJECTED, Event.WITHDRAW_OBJECTION)
AGREE, REFER = (State.TABLED, Event.AGREE), (State.TABLED, Event.AGREE_AD_REFERENDUM)
CONFIRM, CONFIRMED = (State.AD_REFERENDUM, Event.CONFIRM), (State.AD_REFERENDUM, Event.EXPIRE)
TOWARDS_A_VERSION = {FINALISE, OPEN_SILENCE, EXPIRE, AGREE, REFER, CONFIRM, CONFIRMED}
TO_A_FINAL_TEXT = {FINALISE, OPEN_SILENCE, AGREE, REFER}
CERTIFY = {said for said in RULES if said[1].startswith("certify")}
OBJECTIONS = {said for said in RULES if said[1] in (Event.BREAK, Event.REFUSE, Event.OBJECT)}
WHILE_TIME_RUNS = {
    (State.UNDER_SILENCE, Event.BREAK),
    (State.UNDER_SILENCE, Event.PULL),
    CONFIRM,
    (State.AD_REFERENDUM, Event.REFUSE),
    *(
        (state, event)
        for state in (State.UNDER_SILENCE, State.AD_REFERENDUM)
        for event in (Event.CONCUR, Event.ABSTAIN, Event.RESERVE)
    ),
}
REASONED = OBJECTIONS | {
    (State.SUBMITTED, Event.RETURN),
    (State.SUBMITTED, Event.REJECT),
    (State.READY, Event.REOPEN_REVIEW),
    (State.UNDER_SILENCE, Event.PULL),
    (State.TABLED, Event.NO_CONSENSUS),
    *((state, Event.DECLINE) for state in (State.IN_REVIEW, State.TABLED)),
    *(
        (state, event)
        for state in (State.IN_REVIEW, State.READY, State.OBJECTED, State.TABLED)
        for event in (Event.DEFER, Event.DIVERGE)
    ),
    *((state, Event.WITHDRAW) for state in (State.IN_REVIEW, State.READY, State.OBJECTED, State.DEFERRED)),
}


def facts(state: State, event: Event, **others) -> Facts:
    """What every condition of the event asks for, with nothing else in the actor's way; `others` spoil it."""
    open_to_all = replace(statement.work(state), answers={}, objectors=BOTH)
    return statement.facts(state, event, **{"work": open_to_all} | others)


def given(right: Facts, **fields) -> Facts:
    return replace(right, given=replace(right.given, **fields))


def found(*findings: str) -> Callable[[], tuple[str, ...]]:
    return lambda: findings


SPOILT: dict[str, tuple[Callable[[Facts], Facts], set[tuple[State, Event]]]] = {
    "base_is_current": (
        lambda right: replace(right, base_is_current=False),
        {SUBMIT, RESUBMIT, ACCEPT} | TOWARDS_A_VERSION,
    ),
    "successor_is_agreed": (lambda right: replace(right, successor_is_agreed=False), TOWARDS_A_VERSION),
    "text_is_complete": (lambda right: replace(right, missing=("languages.ru",)), TO_A_FINAL_TEXT),
    "draft_has_no_errors": (
        lambda right: replace(right, faults=Faults(of_draft=found("spelling: en"))),
        {SUBMIT, RESUBMIT},
    ),
    "text_has_no_errors": (
        lambda right: replace(right, faults=Faults(of_final=found("spelling: en"))),
        TO_A_FINAL_TEXT,
    ),
    "warnings_are_answered": (
        lambda right: replace(right, faults=Faults(unanswered=found("length: en"))),
        TO_A_FINAL_TEXT,
    ),
    "languages_are_certified": (lambda right: replace(right, certified=frozenset(PARTS) - {"ru"}), {FINALISE}),
    "concordance_is_certified": (
        lambda right: replace(right, certified=frozenset(PARTS) - {"en-ru"}),
        {FINALISE},
    ),
    "discrepancies_are_settled": (lambda right: replace(right, discrepancies=1), TO_A_FINAL_TEXT),
    "somebody_else_wrote_it": (
        lambda right: replace(right, drafted_by=dict.fromkeys(("en", "fr", "ru"), ALL.account_id)),
        CERTIFY,
    ),
    "text_is_there": (lambda right: replace(right, languages=frozenset()), CERTIFY),
    "not_certified_yet": (lambda right: replace(right, certified=frozenset(PARTS)), CERTIFY),
    "reason_is_given": (lambda right: given(right, reason=None), REASONED),
    "objection_is_whole": (lambda right: given(right, alternative=False), OBJECTIONS),
    "statement_is_given": (
        lambda right: given(right, statement=False),
        {said for said in RULES if said[1] is Event.RESERVE},
    ),
    "own_text_is_given": (
        lambda right: given(right, own_text=False),
        {said for said in RULES if said[1] is Event.DIVERGE},
    ),
    "meeting_is_named": (lambda right: given(right, meeting=None), {(State.READY, Event.TABLE)}),
    "silence_runs": (lambda right: replace(right, now=LATER), WHILE_TIME_RUNS),
    "time_is_over": (
        lambda right: replace(right, now=AT),
        {EXPIRE, CONFIRMED} | {said for said in RULES if said[1] is Event.LAPSE},
    ),
    "silence_is_not_exhausted": (
        lambda right: replace(right, breaks=2, met_since_break=False),
        {OPEN_SILENCE},
    ),
    "review_is_not_exhausted": (
        lambda right: replace(right, breaks=3),
        {(State.OBJECTED, Event.OPEN_RECONCILIATION)},
    ),
    "not_signed_yet": (
        lambda right: right,  # but that the actor has recorded the same
        # Silence may be asked for again: a batch waits until all its texts are ready at once.
        # Who has withdrawn an objection no longer objects, so there is nothing to hold.
        {(said.state, said.event) for said in RULES.values() if said.together} - {OPEN_SILENCE, LIFT},
    ),
}


def failing(right: Facts, event: Event, actor: Actor = ALL) -> tuple[str, ...]:
    return judge(right, event, actor).failing


def spoilt(name: str, state: State, event: Event) -> tuple[str, ...]:
    right = SPOILT[name][0](facts(state, event))
    if name == "not_signed_yet":
        right = replace(right, signed=signed_by(event, "nato"))
    return failing(right, event)


def test_the_words_speak_of_every_condition_in_the_table() -> None:
    assert {guard.__name__ for row in TRANSITIONS for guard in row.guards} == SPOILT.keys()


def test_nothing_fails_where_all_is_as_it_should_be() -> None:
    assert {said: failing(facts(*said), said[1]) for said in RULES} == dict.fromkeys(RULES, ())


@pytest.mark.parametrize("name", SPOILT)
def test_a_condition_holds_exactly_the_events_that_the_words_name(name: str) -> None:
    assert {said for said in RULES if name in spoilt(name, *said)} == SPOILT[name][1]


@pytest.mark.parametrize("name", sorted(SPOILT.keys() - {"reason_is_given", "objection_is_whole"}))
def test_no_condition_fails_for_the_reason_of_another(name: str) -> None:
    for said in SPOILT[name][1]:
        told = set(spoilt(name, *said))
        assert told <= {name}, said


def test_all_failing_conditions_are_told_at_once() -> None:
    wrong = facts(
        *AGREE, base_is_current=False, missing=("languages.ru",), signed=signed_by(Event.AGREE, ALL.party or "")
    )
    assert failing(wrong, Event.AGREE) == ("base_is_current", "text_is_complete", "not_signed_yet")


def test_an_empty_reason_is_none() -> None:
    for said in REASONED:
        assert "reason_is_given" in failing(given(facts(*said), reason=""), said[1])


# ---- four eyes


@pytest.mark.parametrize(
    ("wrote", "barred"),
    [
        ("en", {"en", "en-fr", "en-ru"}),
        ("fr", {"fr", "en-fr", "fr-ru"}),
        ("ru", {"ru", "en-ru", "fr-ru"}),
    ],
)
def test_nobody_certifies_what_they_wrote_nor_its_concordance(wrote: str, barred: set[str]) -> None:
    held = {
        part
        for part in PARTS
        if failing(
            facts(State.IN_REVIEW, Event(f"certify-{part}"), drafted_by={wrote: 7}), Event(f"certify-{part}")
        )
    }
    assert held == barred


def test_a_certificate_needs_the_texts_that_it_is_about() -> None:
    for part in PARTS:
        event = Event(f"certify-{part}")
        held = failing(facts(State.IN_REVIEW, event, languages=frozenset({"en", "ru"})), event)
        assert held == (("text_is_there",) if "fr" in part else ())


def test_each_of_six_certificates_is_needed() -> None:
    for part in PARTS:
        held = failing(facts(*FINALISE, certified=frozenset(PARTS) - {part}), Event.FINALISE)
        assert held == (("concordance_is_certified",) if "-" in part else ("languages_are_certified",))


def test_an_entry_is_ended_without_a_text_to_certify() -> None:
    bare = {
        "certified": frozenset(),
        "missing": ("languages.ru",),
        "faults": Faults(of_final=found("spelling: en")),
    }
    for kind in (ProposalKind.WITHDRAW, ProposalKind.SUPERSEDE):
        assert failing(facts(*FINALISE, kind=kind, **bare), Event.FINALISE) == ()
        assert failing(facts(*AGREE, kind=kind, **bare), Event.AGREE) == ()
    assert failing(facts(*FINALISE, kind=ProposalKind.CORRIGENDUM, **bare), Event.FINALISE)


# ---- objections


@pytest.mark.parametrize("said", sorted(OBJECTIONS), ids="-".join)
def test_only_who_cannot_accept_the_concept_objects_without_another_text(said: tuple[State, Event]) -> None:
    for what, whole in (
        (Given(reason="Неточно.", alternative=True), True),
        (Given(reason="Неточно.", cannot_accept_concept=True), True),
        (Given(reason="Неточно."), False),
        (Given(alternative=True), False),
        (Given(cannot_accept_concept=True), False),
    ):
        assert (failing(facts(*said, given=what), said[1]) == ()) == whole


@pytest.mark.parametrize(
    ("breaks", "met", "silence", "reconciliation"),
    [
        (0, True, True, True),
        (1, False, True, True),
        (2, False, False, True),
        (2, True, True, True),
        (3, True, True, False),
    ],
)
def test_a_second_break_sends_to_a_meeting_and_a_third_to_a_choice(
    breaks: int, met: bool, silence: bool, reconciliation: bool
) -> None:
    counted = {"breaks": breaks, "met_since_break": met}
    assert (failing(facts(*OPEN_SILENCE, **counted), Event.OPEN_SILENCE) == ()) == silence
    opening = Event.OPEN_RECONCILIATION
    assert (failing(facts(State.OBJECTED, opening, **counted), opening) == ()) == reconciliation


# ---- the instant


@pytest.mark.parametrize("state", [State.UNDER_SILENCE, State.AD_REFERENDUM])
def test_at_every_instant_either_a_party_is_heard_or_time_is_over(state: State) -> None:
    event = Event.BREAK if state is State.UNDER_SILENCE else Event.REFUSE
    for past in (-timedelta(seconds=1), timedelta(0), timedelta(microseconds=1), timedelta(seconds=1)):
        moment = facts(state, event, now=AT + past)
        heard, over = failing(moment, event) == (), failing(moment, Event.EXPIRE, CLOCK) == ()
        assert (heard, over) == (past <= timedelta(0), past > timedelta(0))


def test_nothing_waits_for_time_where_there_is_no_deadline() -> None:
    for said in WHILE_TIME_RUNS:
        assert "silence_runs" in failing(facts(*said, deadline=None), said[1])
    for said in SPOILT["time_is_over"][1]:
        assert failing(facts(*said, deadline=None), said[1]) == ("time_is_over",)
