"""Work that is done again and again."""

import logging
from threading import Event

import anyio
import pytest

from app.background import repeating
from app.errors import DatabaseBusy


def run(work, seconds: float, until: Event) -> None:
    async def main() -> None:
        async with repeating(work, seconds=seconds, name="deadlines"):
            await anyio.to_thread.run_sync(until.wait, 30)

    anyio.run(main)


def test_it_is_done_until_the_server_stops_whatever_goes_wrong(caplog: pytest.LogCaptureFixture) -> None:
    done, thrice = [], Event()

    def work(go_on) -> None:
        done.append(go_on())
        if len(done) == 3:
            thrice.set()
        raise [DatabaseBusy(), ValueError("tmd_secret"), DatabaseBusy()][min(len(done), 3) - 1]

    with caplog.at_level(logging.WARNING):
        run(work, 0.001, thrice)
    assert done[:3] == [True, True, True]
    said = [record.getMessage() for record in caplog.records][:2]
    assert said == ["deadlines wait: database_busy", "deadlines failed: ValueError"]
    assert "tmd_secret" not in caplog.text


def test_every_no_seconds_is_never() -> None:
    at_once = Event()
    at_once.set()
    run(lambda _go_on: pytest.fail("it was done"), 0, at_once)


def test_what_is_under_way_is_told_that_the_server_stops() -> None:
    begun, told = Event(), Event()

    def work(go_on) -> None:
        begun.set()
        while go_on():
            pass
        told.set()

    run(work, 0.001, begun)
    assert told.is_set()
