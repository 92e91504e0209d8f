"""The table of the workflow against the rules in words: every state, event, role, party and language."""

import itertools
from collections.abc import Iterator

from app.accounts.actor import ANONYMOUS, CLOCK, Actor, Role
from app.proposals.workflow import IDLE_STATES, OPEN_STATES, TRANSITIONS, Event, State, events_for, judge
from tests.proposals.workflow.statement import BOTH, RULES, expected, facts, signed_by

LANGUAGES = (frozenset(), frozenset({"fr"}), frozenset({"ru"}), frozenset({"en", "ru"}))
CALLERS = [
    *(
        Actor(account_id=1, party=party, roles=frozenset({role}), languages=languages)
        for role, party, languages in itertools.product(Role, ("nato", "russia", "observer", None), LANGUAGES)
    ),
    ANONYMOUS,
    CLOCK,
    Actor(account_id=1, party="nato"),
]
PROPOSERS = ("nato", "russia", None)
ENDS = {State.ADOPTED, State.REJECTED, State.WITHDRAWN, State.LAPSED, State.DIVERGED}


def everything() -> Iterator[tuple[State, Event, Actor, str | None]]:
    return itertools.product(State, Event, CALLERS, PROPOSERS)


def test_the_table_has_the_rows_of_the_words_and_no_other_and_each_once() -> None:
    rows = [(row.source, row.event) for row in TRANSITIONS]
    assert sorted(rows) == sorted(RULES)


def test_an_event_is_allowed_exactly_to_those_whom_the_words_name() -> None:
    for state, event, actor, party in everything():
        verdict = judge(facts(state, event, party), event, actor)
        said = expected(actor, RULES.get((state, event)), party)
        assert verdict.allowed == said, (state, event, actor, party)
        assert verdict.permitted == said, (state, event, actor, party)


def test_an_allowed_event_leads_where_the_words_say_and_does_what_they_say() -> None:
    for state, event, actor, party in everything():
        said = RULES.get((state, event))
        if said is None or not expected(actor, said, party):
            continue
        others = signed_by(event, *BOTH - {actor.party or ""})
        verdict = judge(facts(state, event, party, signed=others), event, actor)
        assert (verdict.target, verdict.effects) == (said.target, said.effects), (state, event, actor, party)


def test_what_is_offered_is_what_is_permitted() -> None:
    for state, actor, party in itertools.product(State, CALLERS, PROPOSERS):
        offered = [verdict.event for verdict in events_for(facts(state, Event.SUBMIT, party), actor)]
        said = [event for event in Event if expected(actor, RULES.get((state, event)), party)]
        assert sorted(offered) == sorted(said), (state, actor, party)


def test_a_proposal_that_has_ended_never_moves_again() -> None:
    assert frozenset(State) - ENDS == OPEN_STATES
    for state, event, actor in itertools.product(ENDS, Event, CALLERS):
        assert judge(facts(state, event), event, actor).transition is None


def test_every_open_proposal_can_come_to_an_end_and_be_adopted_unless_it_was_deferred() -> None:
    def reached(state: State, seen: frozenset[State] = frozenset()) -> frozenset[State]:
        seen |= {state}
        for said in RULES.values():
            if said.state is state and said.target not in seen:
                seen |= reached(said.target, seen)
        return seen

    for state in OPEN_STATES:
        assert reached(state) & ENDS
        assert (State.ADOPTED in reached(state)) == (state is not State.DEFERRED)


def test_only_what_waits_for_somebody_to_take_it_up_lapses() -> None:
    assert frozenset({State.DRAFT, State.RETURNED, State.DEFERRED}) == IDLE_STATES


def test_nobody_anonymous_is_ever_permitted_anything() -> None:
    for state, event, party in itertools.product(State, Event, PROPOSERS):
        assert not judge(facts(state, event, party), event, ANONYMOUS).permitted


def test_nobody_does_what_only_time_does_and_time_does_nothing_else() -> None:
    of_time = {Event.EXPIRE, Event.DROP_OUT, Event.LAPSE}
    for state, event, actor, party in everything():
        if actor.is_clock != (event in of_time):
            assert not judge(facts(state, event, party), event, actor).permitted


def test_the_secretariat_holds_no_position_and_ends_nothing_under_review() -> None:
    secretariat = Actor(account_id=1, roles=frozenset({Role.SECRETARIAT}))
    offered = {
        state: {verdict.event for verdict in events_for(facts(state, Event.SUBMIT), secretariat)} for state in State
    }
    assert {state: events for state, events in offered.items() if events} == {
        State.SUBMITTED: {Event.ACCEPT, Event.RETURN, Event.REJECT},
        State.IN_REVIEW: {Event.FINALISE},
        State.READY: {Event.REOPEN_REVIEW},
        State.OBJECTED: {Event.OPEN_RECONCILIATION},
    }


def test_who_is_not_of_the_consensus_set_binds_nobody() -> None:
    binding = {Role.CO_CHAIR, Role.REPRESENTATIVE}
    observer = Actor(account_id=1, party="observer", roles=frozenset(binding))
    stray = Actor(account_id=1, party=None, roles=frozenset(binding))
    for (state, event), actor in itertools.product(RULES, (observer, stray)):
        permitted = judge(facts(state, event), event, actor).permitted
        assert permitted == (actor is observer and (state, event) == (State.IN_REVIEW, Event.REVISE))
