"""The log alone rebuilds every state, whatever the working group does."""

import random

import httpx
import pytest
from sqlalchemy import select
from sqlmodel import col

from app.audit.states import events_of_log, state_breaches
from app.audit.verifying import breaches
from app.db import Database
from app.entries.tables import Entry
from app.history.replay import EntryState, ProposalState, replay
from app.proposals.tables import Proposal
from app.proposals.workflow import State
from tests.api import ACCOUNTS, Api, Tokens
from tests.makers import body, make_entry
from tests.proposals import steps

WORDS = ("decoy", "warhead", "re-entry vehicle", "chaff", "jammer")
STEPS = 25


def states_of(database: Database) -> list[State]:
    with database.read() as db:
        return list(db.scalars(select(col(Proposal.state)).order_by(col(Proposal.id))))


def walk(api: Api, tokens: Tokens, proposals: list[str], chance: random.Random) -> str | None:
    """One step by somebody with one of the proposals; its number, or none if nothing could be done."""
    number, name = chance.choice(proposals), chance.choice(list(ACCOUNTS))
    seen = api.get(f"/v1/proposals/{number}", tokens[name])
    possible = [e["event"] for e in seen.json().get("events", []) if not e["failing"]]
    if not possible:
        return None
    event = chance.choice(possible)
    if event == "revise":
        done: httpx.Response = steps.revise(api, seen, tokens[name], body(en=chance.choice(WORDS)))
    else:
        done = api.move(seen, event, tokens[name], reason="Parce que « leurre » suffit.")
    return number if done.is_success else None


@pytest.mark.parametrize("seed", range(4))
def test_replaying_the_log_rebuilds_every_state(database: Database, api: Api, tokens: Tokens, seed: int) -> None:
    chance = random.Random(seed)
    with database.write() as db:
        make_entry(db, number=17)
    proposals = [
        steps.propose(api, tokens["nato-delegate"], value).json()["number"]
        for value in (steps.new_proposal(content=body(en="false target")), steps.amendment(en="lure"))
    ]
    changes, states = 0, states_of(database)
    for _ in range(STEPS):
        walk(api, tokens, proposals, chance)
        now = states_of(database)
        changes += sum(before != after for before, after in zip(states, now, strict=True))
        states = now
    with database.read() as db:
        log = list(events_of_log(db))
        rebuilt = replay(log)
        assert rebuilt.proposals == {
            p.number: ProposalState(p.state, p.revision) for p in db.scalars(select(Proposal))
        }
        assert rebuilt.entries == {e.id: EntryState(e.status, e.current_version) for e in db.scalars(select(Entry))}
        assert list(state_breaches(db)) == []
        assert list(breaches(db, lambda _done: None)) == []
    moved = [event for event in log if event["detail"].get("from") not in (None, event["detail"].get("to"))]
    assert len(moved) == changes


def happened(seq: int, proposal: str | None = None, entry: int | None = None, change: str | None = None, **detail):
    return {"seq": seq, "proposal": proposal, "entry": entry, "change": change, "detail": detail}


def test_states_that_no_release_knows_yet_are_rebuilt_as_well() -> None:
    number = "P(2026)0042"
    states = replay(
        [
            happened(1, number, to="draft"),
            happened(2, number, revision=2),
            happened(3, number, 17, "proposed", to="under_silence", status="proposed", **{"from": "draft"}),
            happened(4, number, 17, "diverged", to="diverged", status="diverged", **{"from": "under_silence"}),
        ]
    )
    assert states.proposals == {number: ProposalState("diverged", 2)}
    assert states.entries == {17: EntryState("diverged", None)}


def test_an_event_that_begins_where_the_log_did_not_lead_is_told() -> None:
    leaps: list[int] = []
    log = [
        happened(1, "P(2026)0001", to="draft"),
        happened(2, "P(2026)0001", to="in_review", **{"from": "submitted"}),
        happened(3, "P(2026)0001", to="adopted", **{"from": "in_review"}),
    ]
    replay(log, lambda event: leaps.append(event["seq"]))
    assert leaps == [2]


def test_events_that_did_not_record_the_status_yet_still_tell_it() -> None:
    log = [
        happened(1, entry=17, change="proposed"),
        happened(2, entry=17, change="revised"),
        happened(3, entry=17, change="adopted", version=1),
        happened(4, entry=18, change="proposed"),
        happened(5, entry=18, change="withdrawn"),
    ]
    assert replay(log).entries == {17: EntryState("agreed", 1), 18: EntryState("withdrawn")}
