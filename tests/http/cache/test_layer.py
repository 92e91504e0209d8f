"""The layer that keeps answers, around applications made for the case at hand."""

import asyncio
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from threading import Event
from typing import TypeVar

import httpx
import pytest
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.db import Database
from app.http.cache import LARGEST, Answer, Answers, PublicReads
from app.settings import Settings

Found = TypeVar("Found")

PUBLIC = {"Cache-Control": "public, max-age=0, must-revalidate", "ETag": '"1"'}


@pytest.fixture
def answers() -> Answers:
    return Answers(1_000_000)


def answering(make: Callable[[], Response]) -> ASGIApp:
    """An application that gives a new answer to each request."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await make()(scope, receive, send)

    return app


def asked(layer: ASGIApp, times: int = 2, **headers: str) -> list[httpx.Response]:
    """The answers to the same request, one after the other."""

    async def ask(client: httpx.AsyncClient) -> list[httpx.Response]:
        return [await client.get("/", headers=headers) for _ in range(times)]

    return run(layer, ask)


def run(layer: ASGIApp, work: Callable[[httpx.AsyncClient], Awaitable[Found]]) -> Found:
    """Do this with a client of the layer."""

    async def with_client() -> Found:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(layer), base_url="http://test") as client:
            return await work(client)

    return asyncio.run(with_client())


async def pieces() -> AsyncIterator[bytes]:
    yield b"le"
    yield b"urre"


KEPT: dict[str, Callable[[], Response]] = {
    "public": lambda: Response("leurre", headers=PUBLIC),
    "public in another case": lambda: Response("leurre", headers={**PUBLIC, "Cache-Control": "max-age=5,Public"}),
    "nothing in it": lambda: Response("", headers=PUBLIC),
    "as long as can be": lambda: Response("x" * LARGEST, headers=PUBLIC),
    "in pieces of a stated length": lambda: StreamingResponse(pieces(), headers={**PUBLIC, "Content-Length": "6"}),
}
NOT_KEPT: dict[str, Callable[[], Response]] = {
    "private": lambda: Response("leurre", headers={**PUBLIC, "Cache-Control": "private, no-store"}),
    "nothing said": lambda: Response("leurre", headers={"ETag": '"1"'}),
    "publication": lambda: Response("leurre", headers={**PUBLIC, "Cache-Control": "publication"}),
    "no tag": lambda: Response("leurre", headers={"Cache-Control": "public"}),
    "a cookie": lambda: Response("leurre", headers={**PUBLIC, "Set-Cookie": "session=1"}),
    "varies by anything": lambda: Response("leurre", headers={**PUBLIC, "Vary": "Accept, *"}),
    "an error": lambda: Response("leurre", 404, headers=PUBLIC),
    "a part": lambda: Response("leurre", 206, headers=PUBLIC),
    "too long": lambda: Response("x" * (LARGEST + 1), headers=PUBLIC),
    "a stream": lambda: StreamingResponse(pieces(), headers=PUBLIC),
    "shorter than it says": lambda: StreamingResponse(pieces(), headers={**PUBLIC, "Content-Length": "7"}),
}


@pytest.mark.parametrize("case", KEPT)
def test_a_whole_public_answer_is_kept(filled: Database, answers: Answers, case: str) -> None:
    first, again = asked(PublicReads(answering(KEPT[case]), answers=answers, database=filled))
    assert (answers.hits, len(answers)) == (1, 1)
    assert (again.status_code, again.content) == (200, first.content)
    assert answers.size > len(first.content)


@pytest.mark.parametrize("case", NOT_KEPT)
def test_any_other_is_passed_on_and_forgotten(filled: Database, answers: Answers, case: str) -> None:
    first, again = asked(PublicReads(answering(NOT_KEPT[case]), answers=answers, database=filled))
    assert (answers.hits, len(answers), answers.size) == (0, 0, 0)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.content


@pytest.mark.parametrize("case", ["public", "no tag", "a stream", "a part", "an error", "too long"])
def test_a_condition_is_met_for_any_success_that_has_the_tag(filled: Database, answers: Answers, case: str) -> None:
    make = (KEPT | NOT_KEPT)[case]
    plain = make()
    layer = PublicReads(answering(make), answers=answers, database=filled)
    answer = asked(layer, times=1, **{"If-None-Match": 'W/"1"'})[0]
    if case in ("public", "a stream", "too long"):
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", '"1"')
    else:
        assert answer.status_code == plain.status_code
        assert answer.content == b"leurre"


def test_an_answer_that_was_begun_before_a_change_is_not_kept_as_if_it_came_after(
    filled: Database, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine: what the database has once said holds until this process writes.
    monkeypatch.setattr("app.change_counter.HOLDS_FOR", float("inf"))
    filled.changes()
    texts = iter(["old", "new", "never asked for"])

    def answer() -> Response:
        text = next(texts)
        if text == "old":
            # Read before the change, sent after it.
            with filled.write():
                pass
            assert filled.changes_are_fresh()
        return Response(text, headers=PUBLIC)

    layer = PublicReads(answering(answer), answers=answers, database=filled)
    assert [answer.text for answer in asked(layer, times=3)] == ["old", "new", "new"]


def test_what_cannot_be_confirmed_is_asked_for_again(answers: Answers) -> None:
    nowhere = Database.connect(Settings(database_url="postgresql://postgres@127.0.0.1:1/compendium"))
    texts = iter(["one", "two", "three"])
    layer = PublicReads(answering(lambda: Response(next(texts), headers=PUBLIC)), answers=answers, database=nowhere)

    async def ask(client: httpx.AsyncClient) -> list[str]:
        found = []
        for _ in range(3):
            found.append((await client.get("/")).text)
            # Let the question fail that follows an answer to be kept.
            await asyncio.sleep(0.05)
        return found

    assert run(layer, ask) == ["one", "two", "three"]
    assert answers.hits == 0
    nowhere.dispose()


class Waiting(Database):
    """A database that answers when it is let."""

    questions = 0
    answer = Event()

    def changes(self) -> int:
        self.questions += 1
        assert self.answer.wait(10)
        return super().changes()


def test_who_goes_away_does_not_take_the_question_of_the_others_along(
    own_settings: Settings, filled: Database, answers: Answers
) -> None:
    database = Waiting.connect(own_settings)
    assert isinstance(database, Waiting)
    database.answer.clear()
    layer = PublicReads(answering(lambda: Response("leurre", headers=PUBLIC)), answers=answers, database=database)

    async def ask(client: httpx.AsyncClient) -> list[str]:
        await client.get("/")
        waiting = [asyncio.create_task(client.get("/")) for _ in range(10)]
        await asyncio.sleep(0.05)
        assert not any(task.done() for task in waiting)
        waiting[0].cancel()
        await asyncio.sleep(0.05)
        database.answer.set()
        return [answer.text for answer in await asyncio.gather(*waiting[1:])]

    assert run(layer, ask) == ["leurre"] * 9
    assert database.questions == 1
    database.dispose()


# ---- how much is kept


def kept_answer(number: int, length: int = 100) -> Answer:
    """An answer with the headers of a real one, each of them new."""
    headers = {**PUBLIC, "ETag": f'"{number:032}"', "Vary": "Accept, Origin", "X-Frame-Options": "DENY"}
    raw = Response(b"%0*d" % (length, number), headers=headers, media_type="application/json").raw_headers
    answer = Answer.to_be_kept(0, raw, b"%0*d" % (length, number))
    assert answer is not None
    return answer


@pytest.mark.parametrize("length", [1, 2_000, 100_000])
def test_the_size_that_is_counted_is_that_in_memory(length: int) -> None:
    answers = Answers(2_000_000)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(3_000):
        query = b"q=%d" % number
        answers.keep(("/v1/search", query), {b"accept": b"text/csv;q=%d" % number}, kept_answer(number, length))
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert 10 < len(answers) < 3_000
    assert 1_800_000 < answers.size <= answers.limit
    assert taken < 1.15 * answers.limit


def test_what_was_not_asked_for_longest_goes_first() -> None:
    size = kept_answer(0).size
    answers = Answers(4 * size)
    nobody: dict[bytes, bytes] = {}
    for number in range(3):
        answers.keep((f"/{number}", b""), nobody, kept_answer(number))
    assert answers.find(("/0", b""), nobody)
    for number in range(3, 5):
        answers.keep((f"/{number}", b""), nobody, kept_answer(number))
    found = [number for number in range(5) if answers.find((f"/{number}", b""), nobody)]
    assert found == [0, 3, 4]


def test_one_address_asked_for_in_many_ways_does_not_push_out_more_than_its_share() -> None:
    answers = Answers(50_000)
    for number in range(500):
        answers.keep(("/v1/search", b""), {b"accept": b"text/%d" % number}, kept_answer(number))
        answers.keep(("/", b""), {}, kept_answer(0))
        assert answers.size <= answers.limit
    assert answers.find(("/", b""), {}) is not None
    assert answers.find(("/v1/search", b""), {b"accept": b"text/499"}) is not None
    assert answers.find(("/v1/search", b""), {b"accept": b"text/1"}) is None


def test_an_answer_in_place_of_another_takes_no_more_room() -> None:
    answers = Answers(50_000)
    for number in range(1_000):
        answers.keep(("/", b""), {}, kept_answer(number))
    assert len(answers) == 1
    assert answers.size < 2 * kept_answer(0).size
