"""The server delivers by itself, for as long as it runs."""

from http.server import BaseHTTPRequestHandler
from threading import Event

import anyio
import pytest
from anyio import to_thread

from app.background import repeating
from app.db import Database
from app.main import create_app
from app.settings import Settings
from app.webhooks.delivering import deliver_due
from tests.webhooks.receiver import Answering, receiving
from tests.webhooks.steps import Deliveries


@pytest.fixture
def often(own_settings: Settings) -> Settings:
    return own_settings.model_copy(update={"webhook_allow_internal": True, "webhook_seconds": 1})


def delivering(database: Database, settings: Settings):
    """What the server does beside answering."""
    return repeating(
        lambda go_on: deliver_due(database, settings, go_on), seconds=settings.webhook_seconds, name="webhooks"
    )


def answering(told: Event) -> Answering:
    """An answer that the test hears of."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(204)
        handler.end_headers()
        told.set()

    return answer


def test_a_running_server_delivers(own_database: Database, often: Settings) -> None:
    told = Event()
    own = Deliveries(own_database, often)

    async def run() -> None:
        app = create_app(often, own_database)
        async with app.router.lifespan_context(app):
            assert await to_thread.run_sync(told.wait, 60)

    with receiving(answering(told)) as receiver:
        own.register(receiver.url)
        own.adopt(17)
        anyio.run(run)
        assert len(receiver.received) == 1
        # Written down before the server ended: the next one has nothing to repeat.
        assert own.deliver() == 0


def test_a_server_that_is_told_not_to_deliver_does_not(own_database: Database, often: Settings) -> None:
    quiet = often.model_copy(update={"webhook_seconds": 0})
    own = Deliveries(own_database, quiet)

    async def run() -> None:
        async with delivering(own_database, quiet):
            await anyio.sleep(0)

    with receiving() as receiver:
        own.register(receiver.url)
        own.adopt(17)
        anyio.run(run)
        assert receiver.received == []
        assert own.deliver() == 1


def test_a_failure_is_logged_by_its_kind_alone_and_the_next_round_delivers(
    own_database: Database, often: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    told, failed = Event(), Event()
    own = Deliveries(own_database, often)

    class Failing(Database):
        """A database that cannot be reached the first time."""

        def read(self):  # type: ignore[no-untyped-def]
            if not failed.is_set():
                failed.set()
                raise RuntimeError("postgresql://tmd:geheim@database/compendium")
            return own_database.read()

        def write(self):  # type: ignore[no-untyped-def]
            return own_database.write()

    failing = Failing.connect(often, own_database.clock)

    async def run() -> None:
        async with delivering(failing, often):
            assert await to_thread.run_sync(told.wait, 60)

    with receiving(answering(told)) as receiver:
        own.register(receiver.url)
        own.adopt(17)
        anyio.run(run)
    failing.dispose()
    assert "RuntimeError" in caplog.text
    assert "geheim" not in caplog.text
