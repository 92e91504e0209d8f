"""No answer is sent again after what it says has changed."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from app.change_counter import HOLDS_FOR
from app.db import Database
from app.http.cache import Answers
from app.main import create_app
from app.settings import Settings
from tests.api import Api, Tokens, problem_of
from tests.http.cache.answers import ENTRY, answers_of, one_entry
from tests.makers import body, make_entry, make_withdrawn_entry
from tests.proposals.steps import new_proposal, propose
from tests.serving import served

SUBJECTS = "/v1/subject-fields"
# What another process has changed is seen within a second, also on a machine that is busy with other things.
SECOND = 1.0
HAMMERED_FOR = 2.0
NEW_TERMS = [
    ("radar", "radar", "радиолокатор"),
    ("missile", "missile", "ракета"),
    ("warhead", "ogive", "боеголовка"),
]


@pytest.fixture
def filled(own_settings: Settings) -> Iterator[Database]:
    """A database of the test's own with one entry, because it writes."""
    with one_entry(own_settings) as database:
        yield database


@pytest.fixture
def filled_settings(own_settings: Settings) -> Settings:
    return own_settings


@pytest.fixture
def elsewhere(own_settings: Settings) -> Iterator[Database]:
    """The same database as another process has it."""
    database = Database.connect(own_settings)
    yield database
    database.dispose()


def entries_listed(api: Api) -> int:
    return len(api.get("/v1/entries").json()["items"])


def entries_counted(answer: httpx.Response) -> int:
    """The entries of the one subject field."""
    assert answer.status_code == 200, answer.text
    count: int = answer.json()["items"][0]["entries"]
    return count


def accepted(api: Api, tokens: Tokens, en: str, fr: str, ru: str) -> None:
    """Bring a proposal of these terms into review, by which its entry becomes public; look before that."""
    before = entries_listed(api)
    draft = propose(api, tokens["nato-delegate"], new_proposal(content=body(en=en, fr=fr, ru=ru)))
    submitted = api.move(draft, "submit", tokens["nato-delegate"])
    assert entries_listed(api) == before
    answer = api.move(submitted, "accept", tokens["secretariat"])
    assert answer.status_code == 200, answer.text


def soon(read: Callable[[], int], wanted: int) -> None:
    """Read until the answer is the one that is wanted; what is asked a second from now must be."""
    now = time.monotonic()
    while True:
        asked = time.monotonic()
        if (found := read()) == wanted:
            return
        assert asked < now + SECOND, f"{found} after a second"
        time.sleep(0.01)


def test_a_change_is_seen_by_the_next_request(service: Api, filled: Database, kept: Answers) -> None:
    for number in range(1, 6):
        assert entries_listed(service) == entries_listed(service) == number
        with filled.write() as db:
            make_entry(db)
    # A commit may be counted twice, so that an answer is asked for once more; never is one kept too long.
    assert kept.hits > 0


def test_an_entry_that_is_there_at_last_is_not_missing_from_memory(service: Api, filled: Database) -> None:
    problem_of(service.get("/v1/entries/TMD-1001"), 404, "not_found")
    with filled.write() as db:
        assert make_withdrawn_entry(db).id == 1001
    assert service.get("/v1/entries/TMD-1001").json()["status"] == "withdrawn"


def test_a_change_over_http_is_seen_as_soon_as_it_is_answered(service: Api, filled: Database) -> None:
    tokens = Tokens.made_in(filled)
    assert entries_listed(service) == entries_listed(service) == 1
    accepted(service, tokens, *NEW_TERMS[0])
    assert entries_listed(service) == 2


def test_a_tag_from_before_a_change_gets_the_answer_from_after_it(service: Api, filled: Database) -> None:
    old = [service.get("/v1/entries") for _ in range(2)][1].headers["ETag"]
    assert service.get("/v1/entries", headers={"If-None-Match": old}).status_code == 304
    with filled.write() as db:
        make_entry(db)
    new = service.get("/v1/entries", headers={"If-None-Match": old})
    assert (new.status_code, len(new.json()["items"])) == (200, 2)


@pytest.mark.parametrize("pause", [0.0, 0.1, HOLDS_FOR, 3 * HOLDS_FOR])
def test_a_change_by_another_process_is_seen_however_long_nobody_asked(
    service: Api, elsewhere: Database, pause: float
) -> None:
    assert entries_listed(service) == entries_listed(service) == 1
    time.sleep(pause)
    with elsewhere.write() as db:
        make_entry(db)
    if pause >= HOLDS_FOR:
        # Not even the first to ask is told what was so before the pause.
        assert entries_listed(service) == 2
    soon(lambda: entries_listed(service), 2)


def test_a_running_service_sees_what_another_process_has_changed(own_settings: Settings, filled: Database) -> None:
    with served(own_settings.database_url) as service, httpx.Client(base_url=service.url) as client:
        for number in range(1, 4):
            assert [entries_counted(client.get(SUBJECTS)) for _ in range(5)] == [number] * 5
            with filled.write() as db:
                make_entry(db)
            soon(lambda: entries_counted(client.get(SUBJECTS)), number + 1)


def test_two_services_over_one_database_agree_within_a_second(service: Api, own_settings: Settings) -> None:
    other = create_app(own_settings)
    with Api.serving(other) as there:
        tokens = Tokens.made_in(other.state.database)
        for number, terms in enumerate(NEW_TERMS, 1):
            assert entries_listed(service) == entries_listed(there) == number
            accepted(there, tokens, *terms)
            assert entries_listed(there) == number + 1
            soon(lambda: entries_listed(service), number + 1)
    other.state.database.dispose()


def hammer(reads: list[Callable[[], None]], writes: list[Callable[[], None]], enough: Callable[[], bool]) -> None:
    """Repeat all of these at the same time, for so long and until it is enough, however slow the machine.

    What goes wrong in one ends the test.
    """
    until, at_last = time.monotonic() + HAMMERED_FOR, time.monotonic() + 60

    def repeat(work: Callable[[], None]) -> None:
        while time.monotonic() < until or not (enough() or time.monotonic() > at_last):
            work()

    works = [*reads, *writes]
    with ThreadPoolExecutor(len(works)) as threads:
        for done in [threads.submit(repeat, work) for work in works]:
            done.result()


class Committed:
    """How many entries were committed by the time that a writer went on, and when that was."""

    def __init__(self) -> None:
        self.log = [(0.0, 1)]
        self._lock = threading.Lock()

    def adopt(self, database: Database) -> None:
        with database.write() as db:
            make_entry(db)
        with self._lock:
            self.log.append((time.monotonic(), self.log[-1][1] + 1))
        time.sleep(0.02)

    def by(self, moment: float) -> int:
        return next(count for at, count in reversed(self.log) if at <= moment)


def test_no_read_that_began_after_a_commit_is_told_what_was_so_before_it(
    service: Api, filled: Database, kept: Answers
) -> None:
    committed = Committed()
    seen: list[tuple[int, int]] = []

    def read() -> None:
        known = committed.log[-1][1]
        seen.append((known, entries_counted(service.get(SUBJECTS))))

    hammer([read] * 4, [lambda: committed.adopt(filled)] * 2, lambda: len(committed.log) > 10 and kept.hits > 10)
    assert [pair for pair in seen if pair[1] < pair[0]] == []
    assert len(committed.log) > 10
    assert kept.hits > 10
    assert entries_counted(service.get(SUBJECTS)) == committed.log[-1][1]


def test_no_read_is_told_what_was_so_a_second_ago_in_another_process(
    service: Api, elsewhere: Database, kept: Answers
) -> None:
    committed = Committed()
    seen: list[tuple[int, int]] = []

    def read() -> None:
        known = committed.by(time.monotonic() - SECOND)
        seen.append((known, entries_counted(service.get(SUBJECTS))))

    hammer(
        [read] * 4,
        [lambda: committed.adopt(elsewhere)],
        lambda: kept.hits > 10 and max((known for known, _ in seen), default=0) > 1,
    )
    assert [pair for pair in seen if pair[1] < pair[0]] == []
    assert max(known for known, _ in seen) > 1
    assert kept.hits > 10


def test_many_who_come_after_a_pause_are_answered_from_memory_after_one_question(
    service: Api, kept: Answers
) -> None:
    first = service.get(ENTRY).content
    time.sleep(HOLDS_FOR)
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda _: service.get(ENTRY).content, range(100)))
    assert answers == [first] * 100
    assert (kept.hits, len(kept)) == (100, 1)
    assert answers_of(service) is kept
