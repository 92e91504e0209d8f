"""Silence that begins on one side of a change to or from summer time and ends on the other."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.proposals.steps import objection, under_silence

pytestmark = pytest.mark.usefixtures("subject_field")

BRUSSELS = ZoneInfo("Europe/Brussels")
CHANGES = {
    "winter 2026": datetime(2026, 10, 25, 1, tzinfo=UTC),
    "summer 2027": datetime(2027, 3, 28, 1, tzinfo=UTC),
    "winter 2027": datetime(2027, 10, 31, 1, tzinfo=UTC),
}
each_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())


def offset(moment: datetime) -> timedelta | None:
    return moment.astimezone(BRUSSELS).utcoffset()


@each_change
@pytest.mark.parametrize("later", [0, 1])
def test_silence_ends_at_five_in_brussels_whichever_time_it_was_opened_in(
    api: Api, tokens: Tokens, clock: FakeClock, change: datetime, later: int
) -> None:
    clock.set_to(change - timedelta(days=3))
    running = under_silence(api, tokens)
    opened = datetime.fromisoformat(running.json()["silence"]["opened"])
    expires = datetime.fromisoformat(running.json()["deadline"])
    assert opened < change < expires
    assert offset(opened) != offset(expires)
    assert expires.astimezone(BRUSSELS).time() == time(17)
    assert running.json()["silence"]["zone"] == "Europe/Brussels"
    clock.set_to(expires + timedelta(microseconds=later))
    answer = api.move(running, "break", tokens["russia-representative"], **objection())
    assert answer.status_code == (412 if later else 200), answer.text


@each_change
def test_the_reminders_of_the_last_days_come_at_the_hour_of_the_end(
    api: Api, tokens: Tokens, clock: FakeClock, change: datetime
) -> None:
    clock.set_to(change - timedelta(days=1))
    running = under_silence(api, tokens)
    silence = api.get(f"/v1/silences/{running.json()['silence']['number']}", tokens["reader"]).json()
    at = {reminder["kind"]: datetime.fromisoformat(reminder["at"]) for reminder in silence["reminders"]}
    assert at["three_days"].astimezone(BRUSSELS).time() == time(17)
    assert at["one_day"] == datetime.fromisoformat(silence["expires"]) - timedelta(hours=24)
    assert sorted(at.values()) == [*at.values()]
