"""Every role in every relation tries every event in every state, over HTTP, and nothing changes by it."""

from collections.abc import Iterator

import httpx
import pytest

from app.db import Database
from app.profile import read_profile
from app.proposals.workflow import TRANSITIONS, Event, State
from app.settings import Settings
from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.proposals.matrix.callers import CALLERS, Caller, status_for, work
from tests.proposals.matrix.states import REACHED
from tests.rows import everything

pytestmark = pytest.mark.usefixtures("subject_field")

CODES = {401: "sign_in_needed", 403: "not_permitted", 404: "not_found", 409: "transition_not_allowed"}
KNOWN = {(row.source, row.event) for row in TRANSITIONS}
ANSWERS = read_profile(Settings().profile_path).languages_of
OWN, OTHER = (next(c for c in CALLERS if c.name == name) for name in ("own-delegate", "other-co-chair"))


def attempts(state: State, engine: str) -> Iterator[tuple[Event, Caller]]:
    """All events, each with the callers whose answers can differ.

    What the table does not know it does not know for anybody; and no database decides who may do what.
    """
    for event in Event:
        if (state, event) not in KNOWN:
            yield event, OWN
            continue
        for caller in CALLERS if engine == "sqlite" else (OWN, OTHER):
            yield event, caller


def try_it(api: Api, number: str, event: Event, token: str | None) -> httpx.Response:
    return api.post(f"/v1/proposals/{number}/events/{event}?dry_run=true", token, json={"reason": "Essai."})


@pytest.mark.parametrize("state", State)
def test_every_caller_gets_the_answer_of_the_matrix_and_changes_nothing(
    api: Api,
    tokens: Tokens,
    caller_tokens: Tokens,
    database: Database,
    clock: FakeClock,
    engine_name: str,
    state: State,
) -> None:
    proposal = REACHED[state](api, tokens, clock).json()
    assert proposal["state"] == state
    before, seen = everything(database), work(state, ANSWERS)
    for event, caller in attempts(state, engine_name):
        answer = try_it(api, proposal["number"], event, caller_tokens[caller.name])
        status = status_for(caller, seen, state, event)
        assert answer.status_code == status, f"{caller.name} {event}: {answer.text}"
        said = answer.json()
        assert said["event"] == event if status == 200 else said["code"] == CODES[status]
        if status == 409:
            assert {(state, Event(allowed)) for allowed in said["allowed"]} <= KNOWN
    for event in {event for source, event in KNOWN if source is state} or Event:
        answer = try_it(api, proposal["number"], event, None)
        assert (answer.status_code, answer.json()["code"]) == (401, CODES[401])
    assert everything(database) == before


@pytest.mark.parametrize("state", State)
def test_the_events_listed_are_those_that_a_dry_run_permits(
    api: Api, tokens: Tokens, caller_tokens: Tokens, clock: FakeClock, engine_name: str, state: State
) -> None:
    number, seen = REACHED[state](api, tokens, clock).json()["number"], work(state, ANSWERS)
    for caller in CALLERS if engine_name == "sqlite" else (OWN, OTHER):
        answer = api.get(f"/v1/proposals/{number}/events", caller_tokens[caller.name])
        expected = [event for event in Event if status_for(caller, seen, state, event) == 200]
        if answer.status_code == 404:
            assert expected == []
        else:
            assert sorted(item["event"] for item in answer.json()["items"]) == sorted(expected), caller.name
