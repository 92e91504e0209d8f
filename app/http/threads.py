"""Threads for short reads: handing work over costs less than the thread pool of the framework takes for it."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from contextvars import Context, copy_context
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, TypeVar
from weakref import finalize

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_TOGETHER = 8
"""Of what waits to be read together, so much is."""


class _Job(NamedTuple):
    """Something to be done, and who waits for it."""

    work: Callable[[], Any]
    context: Context
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"


_Jobs = SimpleQueue[_Job | None]
"""What is to be done; None ends a thread."""


class _Waiting(NamedTuple):
    """One of those that are read together, and who waits for it."""

    item: Any
    context: Context
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"


_Queue = SimpleQueue[_Waiting | None]
Outcome = tuple["asyncio.Future[Any]", bool, Any]
"""Who waited, whether it went well, and the result or what went wrong."""


class Threads:
    """At most `limit` threads, begun as they are needed and ended with this object."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._begun = 0
        self._jobs: _Jobs = SimpleQueue()
        self._queues: dict[Callable[..., Any], _Queue] = {}
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

    def together(
        self, read: Callable[[Sequence[Item]], Sequence[Callable[[], Result]]], item: Item
    ) -> "asyncio.Future[Result]":
        """What is made of the item, after it and all that waits beside it were read in one go.

        Each way of reading has one thread. Whatever comes while it reads is what it reads next: the more there is
        to do, the less each change of thread and each question to the database costs.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        queue = self._queues.get(read)
        if queue is None:
            queue = self._queues[read] = SimpleQueue()
            finalize(self, queue.put, None)
            Thread(target=_read_together, args=(queue, read), name="reads", daemon=True).start()
        queue.put(_Waiting(item, copy_context(), loop, future))
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


def _read_together(queue: _Queue, read: Callable[[Sequence[Any]], Sequence[Callable[[], Any]]]) -> None:
    """Read what waits, again and again."""
    while (first := queue.get()) is not None:
        waiting = [first]
        is_last = False
        with suppress(Empty):
            while len(waiting) < MOST_TOGETHER and not is_last:
                if (further := queue.get_nowait()) is None:
                    is_last = True
                else:
                    waiting.append(further)
        outcomes = _outcomes(waiting, read)
        with suppress(RuntimeError):
            first.loop.call_soon_threadsafe(_settle_all, outcomes)
        if is_last:
            break
        del first, waiting, outcomes


def _outcomes(
    waiting: Sequence[_Waiting], read: Callable[[Sequence[Any]], Sequence[Callable[[], Any]]]
) -> list[Outcome]:
    try:
        makers = read([one.item for one in waiting])
    except Exception as error:  # noqa: BLE001
        if len(waiting) == 1:
            return [(waiting[0].future, False, error)]
        # One of them must not spoil it for the others.
        return [outcome for one in waiting for outcome in _outcomes([one], read)]
    return [_outcome(one, make) for one, make in zip(waiting, makers, strict=True)]


def _outcome(one: _Waiting, make: Callable[[], Any]) -> Outcome:
    try:
        return one.future, True, one.context.run(make)
    except Exception as error:  # noqa: BLE001
        return one.future, False, error


def _settle_all(outcomes: Sequence[Outcome]) -> None:
    for future, went_well, outcome in outcomes:
        _settle(future, future.set_result if went_well else future.set_exception, outcome)


def _settle(future: "asyncio.Future[Any]", settle: Callable[[Any], None], outcome: Any) -> None:
    # Whoever waited may have gone away.
    if not future.done():
        settle(outcome)


def _end(jobs: _Jobs, threads: int) -> None:
    for _ in range(threads):
        jobs.put(None)
