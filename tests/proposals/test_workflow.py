"""The table of the workflow: every state, event, role and party, with nothing allowed beside it."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.accounts.actor import ANONYMOUS, Actor, Role
from app.policy import Work
from app.proposals.workflow import TRANSITIONS, Effect, Event, Facts, State, events_for, judge

# The rules as docs/roles.md tells them, in words of their own: who may cause which event in which state.
ALLOWED: dict[tuple[State, Event], str] = {
    (State.DRAFT, Event.REVISE): "its drafters",
    (State.DRAFT, Event.SUBMIT): "its drafters",
    (State.DRAFT, Event.WITHDRAW): "its drafters",
    (State.SUBMITTED, Event.RETURN): "secretariat",
    (State.SUBMITTED, Event.REJECT): "secretariat",
    (State.SUBMITTED, Event.ACCEPT): "secretariat",
    (State.SUBMITTED, Event.WITHDRAW): "its drafters",
    (State.RETURNED, Event.REVISE): "its drafters",
    (State.RETURNED, Event.RESUBMIT): "its drafters",
    (State.RETURNED, Event.WITHDRAW): "its drafters",
    (State.IN_REVIEW, Event.REVISE): "all drafters",
    (State.IN_REVIEW, Event.AGREE): "co-chairs",
    (State.IN_REVIEW, Event.DECLINE): "co-chairs",
    (State.IN_REVIEW, Event.WITHDRAW): "its drafters",
}
DRAFT_FOR_A_PARTY = {Role.DELEGATE, Role.REPRESENTATIVE, Role.LANGUAGE_LEAD, Role.CO_CHAIR}
BOTH = frozenset({"nato", "russia"})
CALLERS = [
    Actor(account_id=1, party=party, roles=frozenset({role}))
    for role, party in itertools.product(Role, ("nato", "russia", "observer", None))
] + [ANONYMOUS, Actor(account_id=1, party="nato")]
EVENTS_WITH_A_REASON = {
    (State.SUBMITTED, Event.RETURN),
    (State.SUBMITTED, Event.REJECT),
    (State.IN_REVIEW, Event.DECLINE),
    (State.IN_REVIEW, Event.WITHDRAW),
}
NATO, RUSSIA = (Actor(account_id=1, party=party, roles=frozenset({Role.CO_CHAIR})) for party in ("nato", "russia"))


def work(state: State, party: str | None) -> Work:
    """A proposal of a party as it stands in a state."""
    return Work(
        party=party,
        is_shared=state in (State.IN_REVIEW, State.ADOPTED),
        is_submitted=state is not State.DRAFT,
        consensus_set=BOTH,
    )


def facts(state: State = State.IN_REVIEW, party: str | None = "nato", **others) -> Facts:
    return replace(Facts(state=state, work=work(state, party), reason="because"), **others)


def expected(actor: Actor, state: State, event: Event, party: str | None) -> bool:
    who = ALLOWED.get((state, event))
    drafts = bool(actor.roles & DRAFT_FOR_A_PARTY)
    takes_in = Role.SECRETARIAT in actor.roles
    own = (takes_in and actor.party is None) if party is None else (actor.party == party and (drafts or takes_in))
    match who:
        case "secretariat":
            return takes_in
        case "co-chairs":
            return Role.CO_CHAIR in actor.roles and actor.party in BOTH
        case "its drafters":
            return own
        case "all drafters":
            return own or (actor.party is not None and (drafts or takes_in))
        case _:
            return False


def everything() -> Iterator[tuple[State, Event, Actor, str | None]]:
    return itertools.product(State, Event, CALLERS, ("nato", "russia", None))


def test_only_the_rows_of_the_table_are_allowed_and_only_to_those_it_names() -> None:
    for state, event, actor, party in everything():
        verdict = judge(facts(state, party), event, actor)
        assert verdict.allowed == expected(actor, state, event, party), (state, event, actor, party)


def test_what_is_offered_is_what_is_permitted() -> None:
    for state, _, actor, party in everything():
        offered = {verdict.event for verdict in events_for(facts(state, party), actor)}
        assert offered == {event for event in Event if expected(actor, state, event, party)}


def test_a_proposal_that_has_ended_never_moves_again() -> None:
    open_states = {State.DRAFT, State.SUBMITTED, State.RETURNED, State.IN_REVIEW}
    assert {row.source for row in TRANSITIONS} == open_states
    for state, event, actor, party in everything():
        if state not in open_states:
            assert judge(facts(state, party), event, actor).transition is None


def test_nobody_anonymous_is_ever_permitted_anything() -> None:
    for state, event, party in itertools.product(State, Event, ("nato", None)):
        assert not judge(facts(state, party), event, ANONYMOUS).permitted


def test_the_secretariat_holds_no_position() -> None:
    secretariat = Actor(account_id=1, roles=frozenset({Role.SECRETARIAT}))
    offered = {verdict.event for verdict in events_for(facts(), secretariat)}
    assert offered.isdisjoint({Event.AGREE, Event.DECLINE})


def test_one_party_never_reaches_a_joint_end_alone() -> None:
    for actor, event in itertools.product((NATO, RUSSIA), (Event.AGREE, Event.DECLINE)):
        for signed in ({}, {actor.party: Event.AGREE}, {actor.party: Event.DECLINE}):
            verdict = judge(facts(signed=signed), event, actor)
            assert verdict.target is State.IN_REVIEW
            assert verdict.effects == ()


@pytest.mark.parametrize(
    ("event", "end", "effect"),
    [(Event.AGREE, State.ADOPTED, Effect.ADOPT), (Event.DECLINE, State.REJECTED, Effect.CLOSE_ENTRY)],
)
@pytest.mark.parametrize(("first", "second"), [("nato", RUSSIA), ("russia", NATO)])
def test_a_joint_event_takes_effect_when_the_second_party_has_caused_it_too(
    event: Event, end: State, effect: Effect, first: str, second: Actor
) -> None:
    verdict = judge(facts(signed={first: event}), event, second)
    assert (verdict.allowed, verdict.target, verdict.effects) == (True, end, (effect,))


def test_two_parties_that_say_different_things_reach_no_end() -> None:
    assert judge(facts(signed={"russia": Event.DECLINE}), Event.AGREE, NATO).target is State.IN_REVIEW
    assert judge(facts(signed={"russia": Event.AGREE}), Event.DECLINE, NATO).target is State.IN_REVIEW


def test_every_party_of_the_consensus_set_is_needed_and_no_other() -> None:
    three = replace(work(State.IN_REVIEW, "nato"), consensus_set=frozenset({"nato", "russia", "norway"}))
    both_signed = facts(work=three, signed={"russia": Event.AGREE})
    assert judge(both_signed, Event.AGREE, NATO).target is State.IN_REVIEW
    with_observer = facts(signed={"russia": Event.AGREE, "observer": Event.DECLINE})
    assert judge(with_observer, Event.AGREE, NATO).target is State.ADOPTED


def test_a_group_of_one_party_agrees_by_itself() -> None:
    single = replace(work(State.IN_REVIEW, "nato"), consensus_set=frozenset({"nato"}))
    assert judge(facts(work=single), Event.AGREE, NATO).target is State.ADOPTED


def test_each_event_without_partners_leads_where_the_table_says() -> None:
    nato = Actor(account_id=1, party="nato", roles=frozenset({Role.DELEGATE}))
    secretariat = Actor(account_id=2, roles=frozenset({Role.SECRETARIAT}))
    steps = [
        (State.DRAFT, Event.REVISE, nato, State.DRAFT, ()),
        (State.DRAFT, Event.SUBMIT, nato, State.SUBMITTED, ()),
        (State.DRAFT, Event.WITHDRAW, nato, State.WITHDRAWN, ()),
        (State.SUBMITTED, Event.RETURN, secretariat, State.RETURNED, ()),
        (State.SUBMITTED, Event.REJECT, secretariat, State.REJECTED, ()),
        (State.SUBMITTED, Event.ACCEPT, secretariat, State.IN_REVIEW, (Effect.OPEN_ENTRY,)),
        (State.SUBMITTED, Event.WITHDRAW, nato, State.WITHDRAWN, ()),
        (State.RETURNED, Event.REVISE, nato, State.RETURNED, ()),
        (State.RETURNED, Event.RESUBMIT, nato, State.SUBMITTED, ()),
        (State.RETURNED, Event.WITHDRAW, nato, State.WITHDRAWN, ()),
        (State.IN_REVIEW, Event.REVISE, nato, State.IN_REVIEW, (Effect.REFRESH_ENTRY,)),
        (State.IN_REVIEW, Event.WITHDRAW, nato, State.WITHDRAWN, (Effect.CLOSE_ENTRY,)),
    ]
    for state, event, actor, target, effects in steps:
        verdict = judge(facts(state), event, actor)
        assert (verdict.target, verdict.effects) == (target, effects), (state, event)


def failing(state: State, event: Event, actor: Actor, **others) -> tuple[str, ...]:
    return judge(facts(state, **others), event, actor).failing


def test_exactly_some_events_need_a_reason() -> None:
    for state, event in ALLOWED:
        for reason in (None, ""):
            needed = "reason_is_given" in failing(state, event, NATO, reason=reason)
            assert needed == ((state, event) in EVENTS_WITH_A_REASON)


def test_nothing_goes_forward_on_a_text_written_against_an_older_version() -> None:
    held = {(s, e) for s, e in ALLOWED if "base_is_current" in failing(s, e, NATO, base_is_current=False)}
    assert held == {
        (State.DRAFT, Event.SUBMIT),
        (State.RETURNED, Event.RESUBMIT),
        (State.SUBMITTED, Event.ACCEPT),
        (State.IN_REVIEW, Event.AGREE),
    }


def test_only_a_complete_text_can_be_agreed() -> None:
    held = {(s, e) for s, e in ALLOWED if failing(s, e, NATO, missing=("languages.ru",))}
    assert held == {(State.IN_REVIEW, Event.AGREE)}


def test_a_co_chair_signs_the_same_thing_once_and_may_change_it() -> None:
    assert failing(State.IN_REVIEW, Event.AGREE, NATO, signed={"nato": Event.AGREE}) == ("not_signed_yet",)
    assert failing(State.IN_REVIEW, Event.DECLINE, NATO, signed={"nato": Event.AGREE}) == ()
    assert failing(State.IN_REVIEW, Event.AGREE, NATO, signed={"russia": Event.AGREE}) == ()


def test_all_failing_conditions_are_told_at_once() -> None:
    held = failing(
        State.IN_REVIEW,
        Event.AGREE,
        NATO,
        base_is_current=False,
        missing=("languages.ru",),
        signed={"nato": Event.AGREE},
    )
    assert held == ("base_is_current", "text_is_complete", "not_signed_yet")
