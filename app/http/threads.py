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


class _Waiting(NamedTuple):
    """Something to be done, and who waits for it."""

    item: Any
    """The work itself; or, of what is read together, what is to be read."""
    context: Context
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"


_Queue = SimpleQueue[_Waiting | None]
"""What is to be done; None ends a thread."""
_Read = Callable[[Sequence[Any]], Sequence[Callable[[], Any]]]
_Outcome = tuple["asyncio.Future[Any]", Callable[[Any], None], Any]
"""Who waited, how to tell them, and the result or what went wrong."""


class Threads:
    """At most `limit` threads, begun as they are needed and ended with this object."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._begun = 0
        self._jobs: _Queue = SimpleQueue()
        self._queues: dict[Callable[..., Any], _Queue] = {}
        finalize(self, _end, self._jobs, limit)

    def run(self, work: Callable[[], Result]) -> "asyncio.Future[Result]":
        """What the work returns or raises. To be called in an event loop, which goes on meanwhile."""
        if self._begun < self._limit and (not self._begun or not self._jobs.empty()):
            self._begun += 1
            Thread(target=_do, args=(self._jobs,), name="reads", daemon=True).start()
        return _put(self._jobs, work)

    def together(
        self, read: Callable[[Sequence[Item]], Sequence[Callable[[], Result]]], item: Item
    ) -> "asyncio.Future[Result]":
        """What is made of the item, after it and all that waits beside it were read in one go.

        Each way of reading has one thread. Whatever comes while it reads is what it reads next: the more there is
        to do, the less each change of thread and each question to the database costs.
        """
        queue = self._queues.get(read)
        if queue is None:
            queue = self._queues[read] = SimpleQueue()
            finalize(self, _end, queue, 1)
            Thread(target=_read_together, args=(queue, read), name="reads", daemon=True).start()
        return _put(queue, item)


def _put(queue: _Queue, item: Any) -> "asyncio.Future[Any]":
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()
    queue.put(_Waiting(item, copy_context(), loop, future))
    return future


def _do(jobs: _Queue) -> None:
    """Do one job after the other."""
    while (job := jobs.get()) is not None:
        _tell(job, [_outcome(job, job.item)])
        # A thread that waits for more must not keep what the last job held.
        del job


def _read_together(queue: _Queue, read: _Read) -> None:
    """Read what waits, again and again."""
    while (first := queue.get()) is not None:
        waiting = _with_others(first, queue)
        _tell(first, _outcomes(waiting, read))
        del first, waiting


def _with_others(first: _Waiting, queue: _Queue) -> list[_Waiting]:
    """One, and some of those that wait behind it."""
    waiting = [first]
    with suppress(Empty):
        while len(waiting) < MOST_TOGETHER:
            further = queue.get_nowait()
            if further is None:
                queue.put(None)
                break
            waiting.append(further)
    return waiting


def _outcomes(waiting: Sequence[_Waiting], read: _Read) -> list[_Outcome]:
    try:
        makers = read([one.item for one in waiting])
    except BaseException as error:  # noqa: BLE001
        if len(waiting) == 1:
            return [(waiting[0].future, waiting[0].future.set_exception, error)]
        # One of them must not spoil it for the others.
        return [outcome for one in waiting for outcome in _outcomes([one], read)]
    return [_outcome(one, make) for one, make in zip(waiting, makers, strict=True)]


def _outcome(one: _Waiting, make: Callable[[], Any]) -> _Outcome:
    try:
        return one.future, one.future.set_result, one.context.run(make)
    except BaseException as error:  # noqa: BLE001
        return one.future, one.future.set_exception, error


def _tell(one: _Waiting, outcomes: Sequence[_Outcome]) -> None:
    # The loop may have ended while the work was done.
    with suppress(RuntimeError):
        one.loop.call_soon_threadsafe(_settle_all, outcomes)


def _settle_all(outcomes: Sequence[_Outcome]) -> None:
    for future, settle, outcome in outcomes:
        # Whoever waited may have gone away.
        if not future.done():
            settle(outcome)


def _end(jobs: _Queue, threads: int) -> None:
    for _ in range(threads):
        jobs.put(None)
