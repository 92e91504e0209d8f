"""The threads for short reads."""

import asyncio
import gc
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import partial

import pytest

from app.http.threads import MOST_TOGETHER, Threads

PATIENCE = 30

whose: ContextVar[str] = ContextVar("whose")


class Wrong(Exception):
    """What goes wrong in a thread."""


def fail() -> None:
    raise Wrong


def of_reads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "reads"]


def test_work_is_done_in_another_thread_and_its_result_comes_back() -> None:
    async def ask() -> threading.Thread:
        return await Threads(2).run(threading.current_thread)

    assert asyncio.run(ask()) is not threading.current_thread()


def test_what_goes_wrong_goes_wrong_for_the_one_who_waits() -> None:
    async def ask() -> int:
        threads = Threads(1)
        with pytest.raises(Wrong):
            await threads.run(fail)
        return await threads.run(lambda: 34)  # by the same thread, which goes on

    assert asyncio.run(ask()) == 34


def test_work_knows_whose_request_it_belongs_to() -> None:
    async def ask(name: str, threads: Threads) -> str:
        whose.set(name)
        return await threads.run(whose.get)

    async def ask_all() -> list[str]:
        threads = Threads(3)
        return await asyncio.gather(*(ask(name, threads) for name in ("leurre", "decoy", "цель")))

    assert asyncio.run(ask_all()) == ["leurre", "decoy", "цель"]


def test_there_are_no_more_threads_than_allowed() -> None:
    async def ask() -> set[int]:
        threads = Threads(3)
        return set(await asyncio.gather(*(threads.run(threading.get_ident) for _ in range(200))))

    assert 1 <= len(asyncio.run(ask())) <= 3


def test_one_who_goes_away_holds_up_nobody() -> None:
    async def ask() -> str:
        threads, begun, may_end = Threads(1), threading.Event(), threading.Event()

        def wait() -> None:
            begun.set()
            may_end.wait(PATIENCE)

        gone = threads.run(wait)
        await asyncio.to_thread(begun.wait, PATIENCE)
        gone.cancel()
        other = threads.run(lambda: "answered")
        may_end.set()
        return await other

    assert asyncio.run(ask()) == "answered"


def test_threads_end_with_what_they_work_for() -> None:
    async def ask() -> list[threading.Thread]:
        before = of_reads()
        threads = Threads(2)
        await asyncio.gather(*(threads.run(lambda: None) for _ in range(20)))
        return [thread for thread in of_reads() if thread not in before]

    begun = asyncio.run(ask())
    assert begun
    gc.collect()
    for thread in begun:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_what_waits_is_read_together_and_each_gets_its_own() -> None:
    read: list[list[str]] = []
    begun, may_go_on = threading.Event(), threading.Event()

    def lengths(items: Sequence[str]) -> list[Callable[[], int]]:
        read.append(list(items))
        begun.set()
        may_go_on.wait(PATIENCE)
        return [partial(len, item) for item in items]

    async def ask() -> list[int]:
        threads = Threads(1)
        first = threads.together(lengths, "cible")
        await asyncio.to_thread(begun.wait, PATIENCE)
        others = [threads.together(lengths, "ракета" + "!" * more) for more in range(MOST_TOGETHER + 2)]
        may_go_on.set()
        return await asyncio.gather(first, *others)

    assert asyncio.run(ask()) == [5, *range(6, 6 + MOST_TOGETHER + 2)]
    assert [len(items) for items in read] == [1, MOST_TOGETHER, 2]


def test_what_goes_wrong_for_one_is_answered_to_one() -> None:
    def letters(items: Sequence[str]) -> list[Callable[[], str]]:
        if "unreadable" in items:
            raise Wrong
        return [partial(item.__getitem__, 3) for item in items]

    async def ask() -> list[str | BaseException]:
        threads = Threads(1)
        items = ["decoy", "unreadable", "ПРО", "leurre"]
        return await asyncio.gather(*(threads.together(letters, item) for item in items), return_exceptions=True)

    first, second, third, fourth = asyncio.run(ask())
    assert (first, fourth) == ("o", "r")
    assert isinstance(second, Wrong)
    assert isinstance(third, IndexError)


def test_what_is_read_together_knows_whose_request_it_belongs_to() -> None:
    def names(items: Sequence[None]) -> list[Callable[[], str]]:
        return [whose.get for _ in items]

    async def ask(name: str, threads: Threads) -> str:
        whose.set(name)
        return await threads.together(names, None)

    async def ask_all() -> list[str]:
        threads = Threads(1)
        return await asyncio.gather(*(ask(name, threads) for name in ("leurre", "decoy", "цель")))

    assert asyncio.run(ask_all()) == ["leurre", "decoy", "цель"]


def test_the_thread_of_what_is_read_together_ends_too() -> None:
    async def ask() -> list[threading.Thread]:
        before = of_reads()
        threads = Threads(1)
        await threads.together(lambda items: [threading.current_thread for _ in items], None)
        return [thread for thread in of_reads() if thread not in before]

    (begun,) = asyncio.run(ask())
    gc.collect()
    begun.join(PATIENCE)
    assert not begun.is_alive()


def test_a_thread_that_waits_keeps_nothing_of_what_it_read_together() -> None:
    class Request:
        """What hangs on a request hangs on whoever holds it."""

    def made(items: Sequence[Request]) -> list[Callable[[], int]]:
        return [lambda: 34 for _ in items]

    async def ask() -> list[weakref.ref[Request]]:
        requests = [Request() for _ in range(MOST_TOGETHER)]
        kept = [weakref.ref(request) for request in requests]
        await asyncio.gather(*(threads.together(made, request) for request in requests))
        return kept

    threads = Threads(1)
    kept = asyncio.run(ask())
    gc.collect()
    # The thread may still be on its way back to its queue.
    deadline = time.monotonic() + PATIENCE
    while any(one() is not None for one in kept) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [one() for one in kept] == [None] * MOST_TOGETHER
