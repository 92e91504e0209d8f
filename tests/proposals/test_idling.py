"""Proposals that nobody goes on with: their party is reminded after nine and eleven months, before they lapse."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.db import Database
from app.history.tables import AuditEvent
from app.webhooks.messages import Kind, next_message
from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.proposals.steps import accepted, moved, propose

BEGUN = datetime.fromisoformat("2026-12-01T09:00:00+00:00")

pytestmark = pytest.mark.usefixtures("subject_field")


@pytest.fixture(autouse=True)
def _in_december(clock: FakeClock, tokens: Tokens) -> None:
    clock.set_to(BEGUN)


def reminded(database: Database) -> list[str]:
    """The days on which reminders were recorded, each with the day on which the proposal will lapse."""
    with database.read() as db:
        query = select(AuditEvent).where(col(AuditEvent.action) == "proposal.remind")
        found = db.scalars(query.order_by(col(AuditEvent.seq))).all()
        return [f"{event.at:%Y-%m-%d} {json.loads(event.detail)['lapses'][:10]}" for event in found]


def state_at(api: Api, tokens: Tokens, clock: FakeClock, number: str, moment: str) -> str:
    clock.set_to(datetime.fromisoformat(moment))
    state: str = api.get(f"/v1/proposals/{number}", tokens["nato-delegate"]).json()["state"]
    return state


def test_it_is_reminded_of_twice_and_then_lapses(
    api: Api, tokens: Tokens, clock: FakeClock, database: Database
) -> None:
    draft = propose(api, tokens["nato-delegate"])
    number = draft.json()["number"]
    assert state_at(api, tokens, clock, number, "2027-09-01T08:00:00+00:00") == "draft"
    assert reminded(database) == []
    state_at(api, tokens, clock, number, "2027-09-01T08:00:01+00:00")
    assert reminded(database) == ["2027-09-01 2027-12-01"]
    state_at(api, tokens, clock, number, "2027-11-30T09:00:00+00:00")
    assert reminded(database) == ["2027-09-01 2027-12-01", "2027-11-30 2027-12-01"]
    assert state_at(api, tokens, clock, number, "2027-12-01T09:00:00+00:00") == "draft"
    assert state_at(api, tokens, clock, number, "2027-12-01T09:00:01+00:00") == "lapsed"
    assert len(reminded(database)) == 2


def test_a_reminder_leaves_the_proposal_and_its_tag_as_they_are(api: Api, tokens: Tokens, clock: FakeClock) -> None:
    draft = propose(api, tokens["nato-delegate"])
    clock.set_to(BEGUN + timedelta(days=300))
    seen = api.get(f"/v1/proposals/{draft.json()['number']}", tokens["nato-delegate"])
    assert seen.headers["ETag"] == draft.headers["ETag"]
    assert seen.json()["updated"] == draft.json()["updated"]
    assert api.move(seen, "submit", tokens["nato-delegate"]).status_code == 200


def test_who_goes_on_is_reminded_from_then_on_and_review_is_not_idle(
    api: Api, tokens: Tokens, clock: FakeClock, database: Database
) -> None:
    review = accepted(api, tokens)
    state_at(api, tokens, clock, review.json()["number"], "2028-11-01T09:00:00+00:00")
    assert reminded(database) == []
    first = moved(api, review, "defer", tokens["nato-co-chair"], reason="Until the study is ready.")
    moved(api, first, "defer", tokens["russia-co-chair"], reason="Until the study is ready.")
    state_at(api, tokens, clock, review.json()["number"], "2029-08-02T09:00:00+00:00")
    assert reminded(database) == ["2029-08-02 2029-11-01"]


def test_only_webhooks_of_its_own_party_are_told(
    api: Api, tokens: Tokens, clock: FakeClock, database: Database
) -> None:
    number = propose(api, tokens["nato-delegate"]).json()["number"]
    state_at(api, tokens, clock, number, "2027-09-02T09:00:00+00:00")
    with database.read() as db:
        asked = {
            party: next_message(db, 0, {Kind.PROPOSAL_REMINDER}, party, "https://example.test")
            for party in ("nato", "russia", None)
        }
    assert asked["russia"] is asked[None] is None
    assert asked["nato"] is not None
    assert asked["nato"].data["proposal"] == number
    assert asked["nato"].data["lapses"].startswith("2027-12-01")
