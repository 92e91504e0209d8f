"""The kinds of questions in this process, from the text that is typed to the bytes of the answer."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from app.db import Database
from app.entries import queries as entries
from app.entries.numbers import entry_number
from app.entries.presenting import entries_out
from app.languages.codes import LANGUAGES
from app.search.presenting import answer_json
from app.search.questions import Mode, Question
from app.search.searching import search
from app.search.suggesting import completions
from benchmarks import queries
from benchmarks.queries import Drawn, Query

PUBLIC_URL = "http://127.0.0.1:8000"
PAGE = 20


@dataclass(frozen=True)
class Kind:
    """A kind of question: what is typed, and how it is answered."""

    name: str
    typed: Callable[[Drawn, random.Random], list[Query]]
    answer: Callable[[Database, Query], bytes]
    """From a snapshot of its own, taken as a request takes it."""
    path: str
    """The address over HTTP, with a place for the text."""


def _searched(mode: Mode) -> Callable[[Database, Query], bytes]:
    def answer(database: Database, query: Query) -> bytes:
        with database.snapshot(alone=mode is Mode.EXACT) as db:
            found = search(db, Question(query.text, mode, LANGUAGES), None, PAGE)
        return answer_json(query.text, found, LANGUAGES, None, PUBLIC_URL)

    return answer


def _suggested(database: Database, query: Query) -> bytes:
    with database.snapshot() as db:
        return "\n".join(term.text for term in completions(db, query.text, LANGUAGES, 10)).encode()


def _entry(database: Database, query: Query) -> bytes:
    with database.reader() as db:
        entry = entries.entry_of(db, query.text)
        return entries_out(db, [entry], PUBLIC_URL)[0].model_dump_json().encode()


def _numbers(drawn: Drawn, _rng: random.Random) -> list[Query]:
    return [Query(entry_number(entry_id), "en", entry_id) for entry_id, _ in drawn]


EXACT, FUZZY = "exact", "one letter wrong"

KINDS = (
    Kind(EXACT, queries.whole, _searched(Mode.EXACT), "/v1/search?match=exact&q={}"),
    Kind("whole term, any way", queries.whole, _searched(Mode.AUTO), "/v1/search?q={}"),
    Kind("beginning", queries.begun, _searched(Mode.PREFIX), "/v1/search?match=prefix&q={}"),
    Kind("inflected", queries.inflected, _searched(Mode.AUTO), "/v1/search?q={}"),
    Kind(FUZZY, queries.misspelt, _searched(Mode.FUZZY), "/v1/search?match=fuzzy&q={}"),
    Kind("one letter wrong, any way", queries.misspelt, _searched(Mode.AUTO), "/v1/search?q={}"),
    Kind("two words of a text", queries.two_words, _searched(Mode.FULLTEXT), "/v1/search?match=fulltext&q={}"),
    Kind("suggest", queries.completed, _suggested, "/v1/suggest?q={}"),
    Kind("entry", _numbers, _entry, "/v1/entries/{}"),
)
