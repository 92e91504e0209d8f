"""Delivering in the background of the server."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event

from anyio import CancelScope, CapacityLimiter, create_task_group, sleep, to_thread

from app.db import Database
from app.errors import DomainError
from app.settings import Settings
from app.webhooks.delivering import deliver_due

log = logging.getLogger("compendium")


@asynccontextmanager
async def delivering(database: Database, settings: Settings) -> AsyncIterator[None]:
    """Deliver every so many seconds, as the settings say; not at all if they say 0."""
    if settings.webhook_seconds == 0:
        yield
        return
    stopped = Event()
    async with create_task_group() as tasks:
        tasks.start_soon(_again_and_again, database, settings, stopped)
        try:
            yield
        finally:
            # An attempt under way is finished and written down; it is bounded in time.
            stopped.set()
            tasks.cancel_scope.cancel()


async def _again_and_again(database: Database, settings: Settings, stopped: Event) -> None:
    # Not among the threads of requests: a receiver that is slow must not keep readers waiting.
    limiter = CapacityLimiter(1)
    while not stopped.is_set():
        with CancelScope(shield=True):
            await to_thread.run_sync(_once, database, settings, stopped, limiter=limiter)
        await sleep(settings.webhook_seconds)


def _once(database: Database, settings: Settings, stopped: Event) -> None:
    try:
        deliver_due(database, settings, lambda: not stopped.is_set())
    except DomainError as error:
        log.warning("webhooks wait: %s", error.code)
    except Exception as error:  # noqa: BLE001
        # The kind alone: the text of a failure may quote an address or a secret.
        log.error("webhooks were not delivered: %s", type(error).__name__)
