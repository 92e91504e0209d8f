"""Silence that expires in a service of several processes, whichever of them is asked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from time import sleep

import httpx
from sqlalchemy import func, select

from app.change_counter import HOLDS_FOR
from app.db import Database
from app.entries.tables import Decision, EntryVersion
from app.history import operations as history
from app.profile import read_profile
from app.proposals.ticking import tick
from app.settings import Settings
from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.proposals.steps import objection, tabled, under_silence
from tests.rows import events_of, everything

Start = Callable[[], Api]


def expiry(proposal: httpx.Response) -> datetime:
    return datetime.fromisoformat(proposal.json()["deadline"])


def state_of(api: Api, proposal: httpx.Response, token: str) -> str:
    answer = api.get(f"/v1/proposals/{proposal.json()['number']}", token)
    assert answer.status_code == 200, answer.text
    state: str = answer.json()["state"]
    return state


def check_adopted_once(database: Database, number: str) -> None:
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(EntryVersion)) == 1
        assert db.scalar(select(func.count()).select_from(Decision)) == 1
        assert [event.action for event in events_of(db, number)].count("proposal.expire") == 1
        assert history.verify(db) is None


def test_a_start_of_the_server_after_the_deadline_settles_it_before_the_first_answer(
    own_api: Api, own_tokens: Tokens, own_database: Database, another_process: Start, clock: FakeClock
) -> None:
    running = under_silence(own_api, own_tokens)
    expires = expiry(running)
    clock.set_to(expires + timedelta(days=3))
    entry = another_process().get(f"/v1/entries/{running.json()['entry']}").json()
    assert entry["status"] == "agreed"
    assert datetime.fromisoformat(entry["adopted"]) == expires
    check_adopted_once(own_database, running.json()["number"])


def test_a_process_that_never_saw_the_silence_open_sees_it_expire(
    own_api: Api, own_tokens: Tokens, another_process: Start, clock: FakeClock
) -> None:
    other = another_process()
    # It has looked for deadlines before there were any.
    assert other.get("/v1/proposals", own_tokens["reader"]).status_code == 200
    running = under_silence(own_api, own_tokens)
    clock.set_to(expiry(running) + timedelta(microseconds=1))
    # For so long a process takes what it knows of the others for current.
    sleep(HOLDS_FOR)
    assert state_of(other, running, own_tokens["reader"]) == "adopted"


def test_an_answer_kept_for_anonymous_readers_ends_with_the_silence(
    own_api: Api, own_tokens: Tokens, own_database: Database, clock: FakeClock
) -> None:
    running = under_silence(own_api, own_tokens)
    path, expires = f"/v1/entries/{running.json()['entry']}", expiry(running)
    kept = own_api.get(path)
    for later, status in ((-1_000_000, "proposed"), (0, "proposed"), (1, "agreed"), (1_000_000, "agreed")):
        clock.set_to(expires + timedelta(microseconds=later))
        answer = own_api.get(path)
        assert answer.json()["status"] == status
        had = own_api.get(path, headers={"If-None-Match": kept.headers["ETag"]})
        assert had.status_code == (304 if status == "proposed" else 200)
    check_adopted_once(own_database, running.json()["number"])


def let_reminders_pass(api: Api, tokens: Tokens, clock: FakeClock, running: httpx.Response) -> None:
    """Come to the last hour of a silence, in which only its end is left to happen."""
    clock.set_to(expiry(running) - timedelta(hours=1))
    assert api.get("/v1/silences", tokens["reader"]).status_code == 200


def test_two_processes_that_tick_at_once_adopt_once(
    own_api: Api, own_tokens: Tokens, own_database: Database, own_settings: Settings, clock: FakeClock
) -> None:
    running = under_silence(own_api, own_tokens)
    let_reminders_pass(own_api, own_tokens, clock, running)
    clock.set_to(expiry(running) + timedelta(seconds=1))
    profile, start = read_profile(own_settings.profile_path), Barrier(4)

    def ticking() -> list[str]:
        database = Database.connect(own_settings, clock)
        try:
            start.wait()
            with database.write() as db:
                return tick(db, profile)
        finally:
            database.dispose()

    with ThreadPoolExecutor(4) as threads:
        done = [job.result() for job in [threads.submit(ticking) for _ in range(4)]]
    assert sorted(done) == [[], [], [], [running.json()["number"]]]
    check_adopted_once(own_database, running.json()["number"])


def test_ticking_again_changes_nothing(
    own_api: Api, own_tokens: Tokens, own_database: Database, own_settings: Settings, clock: FakeClock
) -> None:
    running = under_silence(own_api, own_tokens)
    let_reminders_pass(own_api, own_tokens, clock, running)
    clock.set_to(expiry(running) + timedelta(seconds=1))
    profile = read_profile(own_settings.profile_path)
    with own_database.write() as db:
        assert tick(db, profile) == [running.json()["number"]]
    before = everything(own_database)
    with own_database.write() as db:
        assert tick(db, profile) == []
    assert everything(own_database) == before


# ---- two at once


def at_once(*calls: Callable[[], httpx.Response]) -> list[httpx.Response]:
    start = Barrier(len(calls))

    def run(call: Callable[[], httpx.Response]) -> httpx.Response:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_a_break_and_the_second_half_of_a_pull_have_one_winner(
    own_api: Api, own_tokens: Tokens, another_process: Start
) -> None:
    other = another_process()
    half = own_api.move(under_silence(own_api, own_tokens), "pull", own_tokens["nato-co-chair"], reason="A slip.")
    answers = at_once(
        lambda: own_api.move(half, "break", own_tokens["russia-representative"], **objection()),
        lambda: other.move(half, "pull", own_tokens["russia-co-chair"], reason="A slip."),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    won = "objected" if answers[0].status_code == 200 else "in_review"
    assert state_of(own_api, half, own_tokens["reader"]) == won


def test_to_agree_and_to_decline_at_once_have_one_winner(
    own_api: Api, own_tokens: Tokens, another_process: Start
) -> None:
    other, before = another_process(), tabled(own_api, own_tokens)
    first = own_api.move(before, "agree", own_tokens["nato-co-chair"])
    answers = at_once(
        lambda: own_api.move(first, "agree", own_tokens["russia-co-chair"]),
        lambda: other.move(first, "decline", own_tokens["nato-co-chair"], reason="On reflection."),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    won = "adopted" if answers[0].status_code == 200 else "tabled"
    assert state_of(other, before, own_tokens["reader"]) == won


def test_a_break_at_the_instant_wins_over_a_tick(
    own_api: Api,
    own_tokens: Tokens,
    own_database: Database,
    own_settings: Settings,
    another_process: Start,
    clock: FakeClock,
) -> None:
    other, running = another_process(), under_silence(own_api, own_tokens)
    clock.set_to(expiry(running))
    profile = read_profile(own_settings.profile_path)
    start = Barrier(2)

    def ticking() -> list[str]:
        start.wait()
        with own_database.write() as db:
            return tick(db, profile)

    def breaking() -> httpx.Response:
        start.wait()
        return other.move(running, "break", own_tokens["russia-representative"], **objection())

    with ThreadPoolExecutor(2) as threads:
        ticked, broken = threads.submit(ticking), threads.submit(breaking)
        assert (ticked.result(), broken.result().status_code) == ([], 200)
    clock.advance(days=1)
    assert state_of(own_api, running, own_tokens["reader"]) == "objected"
