"""Threads for short reads: handing work over costs less than the thread pool of the framework takes for it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, copy_context
from queue import SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, TypeVar
from weakref import finalize

Result = TypeVar("Result")


class _Job(NamedTuple):
    """Something to be done, and who waits for it."""

    work: Callable[[], Any]
    context: Context
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"


_Jobs = SimpleQueue[_Job | None]
"""What is to be done; None ends a thread."""


class Threads:
    """At most `limit` threads, begun as they are needed and ended with this object."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._begun = 0
        self._jobs: _Jobs = SimpleQueue()
        finalize(self, _end, self._jobs, limit)

    def run(self, work: Callable[[], Result]) -> "asyncio.Future[Result]":
        """What the work returns or raises. To be called in an event loop, which goes on meanwhile."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        if self._begun < self._limit and (not self._begun or not self._jobs.empty()):
            self._begun += 1
            Thread(target=_do, args=(self._jobs,), name="reads", daemon=True).start()
        self._jobs.put(_Job(work, copy_context(), loop, future))
        return future


def _do(jobs: _Jobs) -> None:
    """Do one job after the other."""
    while (job := jobs.get()) is not None:
        settle: Callable[[Any], None]
        outcome: Any
        try:
            settle, outcome = job.future.set_result, job.context.run(job.work)
        except BaseException as error:  # noqa: BLE001
            settle, outcome = job.future.set_exception, error
        # The loop may have ended while the work was done.
        with suppress(RuntimeError):
            job.loop.call_soon_threadsafe(_settle, job.future, settle, outcome)
        # A thread that waits for more must not keep what the last job held.
        del job, settle, outcome


def _settle(future: "asyncio.Future[Any]", settle: Callable[[Any], None], outcome: Any) -> None:
    # Whoever waited may have gone away.
    if not future.done():
        settle(outcome)


def _end(jobs: _Jobs, threads: int) -> None:
    for _ in range(threads):
        jobs.put(None)
