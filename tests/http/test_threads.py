"""The threads for short reads."""

import asyncio
import gc
import threading
from contextvars import ContextVar

import pytest

from app.http.threads import Threads

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
