"""Work that the server does again and again beside answering."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from threading import Event

from anyio import CancelScope, CapacityLimiter, create_task_group, sleep, to_thread

from app.errors import DomainError

log = logging.getLogger("compendium")

Work = Callable[[Callable[[], bool]], object]
"""Is given a question: whether to go on, or to come to an end because the server stops."""


@asynccontextmanager
async def repeating(work: Work, *, seconds: float, name: str) -> AsyncIterator[None]:
    """Do some work every so many seconds, for as long as the context lasts; never, if they are 0."""
    if seconds == 0:
        yield
        return
    stopped = Event()
    async with create_task_group() as tasks:
        tasks.start_soon(_again_and_again, work, seconds, name, stopped)
        try:
            yield
        finally:
            # What is under way is finished: it is bounded in time, and writes down what it has done.
            stopped.set()
            tasks.cancel_scope.cancel()


async def _again_and_again(work: Work, seconds: float, name: str, stopped: Event) -> None:
    # Not among the threads of requests: slow work must not keep readers waiting.
    limiter = CapacityLimiter(1)
    while not stopped.is_set():
        with CancelScope(shield=True):
            await to_thread.run_sync(_once, work, name, stopped, limiter=limiter)
        await sleep(seconds)


def _once(work: Work, name: str, stopped: Event) -> None:
    try:
        work(lambda: not stopped.is_set())
    except DomainError as error:
        log.warning("%s wait: %s", name, error.code)
    except Exception as error:  # noqa: BLE001
        # The kind alone: the text of a failure may quote what somebody has sent.
        log.error("%s failed: %s", name, type(error).__name__)
