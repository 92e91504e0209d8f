"""Events that need partners: what one records alone, and when all have recorded the same."""

import itertools
from dataclasses import replace

import pytest

from app.accounts.actor import Actor, Role
from app.proposals.workflow import Effect, Event, Signed, State, judge
from tests.proposals.workflow.statement import RULES, Said, facts, signed_by, work

ROLES = frozenset({Role.CO_CHAIR, Role.REPRESENTATIVE})
NATO, RUSSIA, NORWAY, BELGIUM = (
    Actor(account_id=place, party=party, roles=ROLES)
    for place, party in enumerate(("nato", "russia", "norway", "belgium"), 1)
)
TOGETHER = [said for said in RULES.values() if said.together]
ALONE = [said for said in RULES.values() if not said.together]
NATIONS = {"norway": "nato", "belgium": "nato"}
"""The side of those that are not a side by themselves."""


def named(said: Said) -> str:
    return f"{said.state}-{said.event}"


def both_object(state: State, party: str | None = "nato"):
    return replace(work(state, party), objectors=frozenset({"nato", "russia"}))


def recorded_by(said: Said, event: Event, party: str | None):
    """The facts after a party has recorded an event; who has withdrawn an objection no longer objects."""
    standing = both_object(said.state)
    if event is Event.WITHDRAW_OBJECTION:
        return facts(said.state, said.event, work=replace(standing, objectors=standing.objectors - {party}))
    return facts(said.state, said.event, work=standing, signed=signed_by(event, party))


@pytest.mark.parametrize("said", TOGETHER, ids=named)
@pytest.mark.parametrize(("first", "second"), [(NATO, RUSSIA), (RUSSIA, NATO)], ids=["nato first", "russia first"])
def test_a_joint_event_waits_for_the_second_party_and_takes_effect_with_it(
    said: Said, first: Actor, second: Actor
) -> None:
    alone = judge(facts(said.state, said.event, work=both_object(said.state)), said.event, first)
    assert (alone.allowed, alone.target, alone.waits_for) == (True, said.state, (second.party,))
    assert alone.effects == said.at_once
    both = judge(recorded_by(said, said.event, first.party), said.event, second)
    assert (both.allowed, both.target, both.effects, both.waits_for) == (True, said.target, said.effects, ())


@pytest.mark.parametrize("said", ALONE, ids=named)
def test_every_other_event_waits_for_nobody(said: Said) -> None:
    verdict = judge(facts(said.state, said.event), said.event, NATO)
    assert (verdict.target, verdict.waits_for) == (said.target, ())


@pytest.mark.parametrize("said", TOGETHER, ids=named)
def test_one_party_never_reaches_a_joint_end_alone(said: Said) -> None:
    others = {Event.AGREE, Event.DECLINE, Event.DEFER} - {said.event}
    for actor, recorded in itertools.product((NATO, RUSSIA), others):
        verdict = judge(recorded_by(said, recorded, actor.party), said.event, actor)
        assert (verdict.target, verdict.effects) == (said.state, said.at_once)


@pytest.mark.parametrize("said", TOGETHER, ids=named)
def test_two_parties_that_record_different_things_reach_no_end(said: Said) -> None:
    for other in {other.event for other in TOGETHER} - {said.event, Event.WITHDRAW_OBJECTION}:
        assert judge(recorded_by(said, other, "russia"), said.event, NATO).target is said.state


def test_what_is_agreed_on_other_terms_is_not_the_same() -> None:
    agree = facts(State.TABLED, Event.AGREE)
    on_terms = replace(agree, given=replace(agree.given, terms='{"scope":"full"}'))
    for terms, target in (('{"scope":"equivalents_only"}', State.TABLED), ('{"scope":"full"}', State.ADOPTED)):
        signed = signed_by(Event.AGREE, "russia", terms=terms)
        assert judge(replace(on_terms, signed=signed), Event.AGREE, NATO).target is target


def test_who_asks_without_terms_is_told_what_would_come_of_joining_in() -> None:
    def asked(**signed: Signed) -> tuple[State | None, tuple[str, ...], tuple[str, ...]]:
        tabled = facts(State.TABLED, Event.AGREE, signed=signed)
        verdict = judge(replace(tabled, given=replace(tabled.given, terms=None)), Event.AGREE, NATO)
        return verdict.target, verdict.waits_for, verdict.failing

    theirs, other = Signed(Event.AGREE, "theirs"), Signed(Event.AGREE, "other")
    assert asked() == (State.TABLED, ("russia",), ())
    assert asked(russia=theirs) == (State.ADOPTED, (), ())
    assert asked(nato=theirs) == (State.TABLED, ("russia",), ("not_signed_yet",))
    assert asked(nato=other, russia=theirs) == (State.ADOPTED, (), ())
    assert asked(russia=Signed(Event.DECLINE, "theirs")) == (State.TABLED, ("russia",), ())


def test_a_co_chair_records_the_same_thing_once_and_may_change_it() -> None:
    def failing(event: Event, **signed: Signed) -> tuple[str, ...]:
        return judge(facts(State.TABLED, event, signed=signed), event, NATO).failing

    assert failing(Event.AGREE, nato=Signed(Event.AGREE)) == ("not_signed_yet",)
    assert failing(Event.AGREE, nato=Signed(Event.AGREE, "other terms")) == ()
    assert failing(Event.DECLINE, nato=Signed(Event.AGREE)) == ()
    assert failing(Event.AGREE, russia=Signed(Event.AGREE)) == ()


@pytest.mark.parametrize("said", TOGETHER, ids=named)
def test_no_party_counts_twice(said: Said) -> None:
    verdict = judge(recorded_by(said, said.event, "nato"), said.event, NATO)
    if said.who == "objectors":
        assert not verdict.permitted
    else:
        assert (verdict.target, verdict.waits_for) == (said.state, ("russia",))


def test_every_side_is_needed_and_no_observer() -> None:
    three = replace(work(State.TABLED), consensus_set=frozenset({"nato", "russia", "norway"}))
    half = judge(
        facts(State.TABLED, Event.AGREE, work=three, signed=signed_by(Event.AGREE, "russia")), Event.AGREE, NATO
    )
    assert (half.target, half.waits_for) == (State.TABLED, ("norway",))
    signed = signed_by(Event.AGREE, "russia") | signed_by(Event.DECLINE, "observer")
    assert judge(facts(State.TABLED, Event.AGREE, signed=signed), Event.AGREE, NATO).target is State.ADOPTED


def test_a_group_of_one_party_agrees_by_itself() -> None:
    single = replace(work(State.TABLED), consensus_set=frozenset({"nato"}))
    assert judge(facts(State.TABLED, Event.AGREE, work=single), Event.AGREE, NATO).target is State.ADOPTED


# ---- many nations on two sides


def nations(state: State, *objectors: str):
    members = frozenset({"russia", *NATIONS})
    return replace(work(state), consensus_set=members, sides=NATIONS, objectors=frozenset(objectors))


def test_one_co_chair_speaks_for_each_side() -> None:
    tabled = {"work": nations(State.TABLED)}
    alone = judge(facts(State.TABLED, Event.AGREE, **tabled), Event.AGREE, NORWAY)
    assert (alone.target, alone.waits_for) == (State.TABLED, ("russia",))
    tabled["signed"] = signed_by(Event.AGREE, "norway")
    assert judge(facts(State.TABLED, Event.AGREE, **tabled), Event.AGREE, BELGIUM).target is State.TABLED
    assert judge(facts(State.TABLED, Event.AGREE, **tabled), Event.AGREE, RUSSIA).target is State.ADOPTED


def test_every_nation_confirms_for_itself() -> None:
    waiting = {"work": nations(State.AD_REFERENDUM), "signed": signed_by(Event.CONFIRM, "norway")}
    half = judge(facts(State.AD_REFERENDUM, Event.CONFIRM, **waiting), Event.CONFIRM, RUSSIA)
    assert (half.target, half.waits_for) == (State.AD_REFERENDUM, ("belgium",))
    waiting["signed"] = signed_by(Event.CONFIRM, "norway", "russia")
    assert (
        judge(facts(State.AD_REFERENDUM, Event.CONFIRM, **waiting), Event.CONFIRM, BELGIUM).target is State.ADOPTED
    )


def test_an_objection_stands_until_all_who_made_it_withdraw_it() -> None:
    event, objected = Event.WITHDRAW_OBJECTION, {"work": nations(State.OBJECTED, "belgium", "russia")}
    assert not judge(facts(State.OBJECTED, event, **objected), event, NORWAY).permitted
    half = judge(facts(State.OBJECTED, event, **objected), event, BELGIUM)
    assert (half.target, half.waits_for) == (State.OBJECTED, ("russia",))
    assert half.effects == (Effect.LIFT_OBJECTION,)
    left = facts(State.OBJECTED, event, work=nations(State.OBJECTED, "russia"))
    assert judge(left, event, RUSSIA).target is State.READY
