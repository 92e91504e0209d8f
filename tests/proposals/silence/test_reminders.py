"""Reminders of a running silence: when they come, and of whom they tell."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.db import Database
from app.history.tables import AuditEvent
from app.webhooks.messages import Kind, next_message
from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.proposals.steps import moved, objection, send, under_silence

pytestmark = pytest.mark.usefixtures("subject_field")


def reminded(database: Database) -> list[dict[str, Any]]:
    """What the log says of reminders."""
    with database.read() as db:
        query = select(AuditEvent).where(col(AuditEvent.action) == "silence.remind").order_by(col(AuditEvent.seq))
        return [json.loads(event.detail) for event in db.scalars(query)]


def now_it_is(api: Api, tokens: Tokens, clock: FakeClock, moment: datetime) -> None:
    """Let time pass, and somebody ask for something."""
    clock.set_to(moment)
    assert api.get("/v1/silences", tokens["reader"]).status_code == 200


def test_the_parties_that_said_nothing_are_reminded_three_times(
    api: Api, tokens: Tokens, clock: FakeClock, database: Database
) -> None:
    running = under_silence(api, tokens)
    expires = datetime.fromisoformat(running.json()["deadline"])
    now_it_is(api, tokens, clock, expires - timedelta(days=5))
    assert [(told["kind"], told["parties"]) for told in reminded(database)] == [("half_time", ["nato", "russia"])]
    current = api.get(f"/v1/proposals/{running.json()['number']}", tokens["nato-representative"])
    moved(api, current, "concur", tokens["nato-representative"])
    now_it_is(api, tokens, clock, expires - timedelta(hours=1))
    told = [(told["kind"], told["parties"]) for told in reminded(database)]
    assert told[1:] == [("three_days", ["russia"]), ("one_day", ["russia"])]
    now_it_is(api, tokens, clock, expires + timedelta(days=1))
    assert len(reminded(database)) == 3


def test_more_time_brings_the_reminders_anew(
    api: Api, tokens: Tokens, clock: FakeClock, database: Database
) -> None:
    running = under_silence(api, tokens)
    expires = datetime.fromisoformat(running.json()["deadline"])
    now_it_is(api, tokens, clock, expires - timedelta(hours=2))
    before = len(reminded(database))
    path = f"/v1/silences/{running.json()['silence']['number']}/extensions"
    asked = {"working_days": 10, "reason": "Нужна консультация."}
    later = datetime.fromisoformat(send(api, path, tokens["russia-representative"], asked).json()["expires"])
    now_it_is(api, tokens, clock, later - timedelta(hours=1))
    assert [told["kind"] for told in reminded(database)[before:]][-2:] == ["three_days", "one_day"]


def test_who_has_broken_silence_is_left_alone(
    api: Api, tokens: Tokens, clock: FakeClock, database: Database
) -> None:
    running = under_silence(api, tokens)
    expires = datetime.fromisoformat(running.json()["deadline"])
    moved(api, running, "break", tokens["russia-representative"], **objection())
    now_it_is(api, tokens, clock, expires + timedelta(days=1))
    assert reminded(database) == []


def test_webhooks_of_a_party_are_told_and_those_of_the_public_are_not(
    api: Api, tokens: Tokens, clock: FakeClock, database: Database
) -> None:
    running = under_silence(api, tokens)
    now_it_is(api, tokens, clock, datetime.fromisoformat(running.json()["deadline"]) - timedelta(days=5))
    current = api.get(f"/v1/proposals/{running.json()['number']}", tokens["russia-representative"])
    moved(api, current, "break", tokens["russia-representative"], **objection())
    wanted = {Kind.SILENCE_OPENED, Kind.SILENCE_REMINDER, Kind.SILENCE_BROKEN}
    kinds, after = [], 0
    with database.read() as db:
        assert next_message(db, 0, wanted, None, "https://example.test") is None
        while message := next_message(db, after, wanted, "nato", "https://example.test"):
            kinds.append(message.kind)
            after = message.seq
            assert "Определение неточно." not in message.body
    assert kinds == [Kind.SILENCE_OPENED, Kind.SILENCE_REMINDER, Kind.SILENCE_BROKEN]
