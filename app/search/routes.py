"""Look-up over HTTP."""

import unicodedata
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.engine import Connection

from app.db import Database
from app.entries.numbers import entry_number
from app.errors import InvalidInput
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppSettings, database
from app.http.etags import PRIVATE, reply, reply_bytes
from app.http.hot import Answering, HotRoute, Snapshot, gathered
from app.http.paging import next_link
from app.http.problems import problems
from app.languages.codes import LANGUAGES
from app.search.matching import exact_rows
from app.search.occurrences import TextRequest, locate, recognisers_of
from app.search.presenting import answer_json
from app.search.presenting_occurrences import occurrences_json
from app.search.questions import Answer, Place, Question, has_letters
from app.search.schemas import (
    MOST_CHARACTERS,
    LookupIn,
    LookupOut,
    SearchOut,
    SearchQuery,
    Suggestion,
    Suggestions,
    SuggestQuery,
)
from app.search.searching import exact_page
from app.search.searching import search as look_up
from app.search.statements import Found
from app.search.suggesting import completions
from app.settings import Settings

hot = APIRouter(prefix="/v1", tags=["look-up"], route_class=HotRoute)
texts = APIRouter(prefix="/v1", tags=["look-up"])


def _exact_answers(db: Connection, all_asked: Sequence[SearchQuery]) -> list[Answering]:
    """What answers the requests for exact matches."""
    questions = [_question(asked) for asked in all_asked]
    found = exact_rows(db, questions)
    return [partial(_exact_answer, *one) for one in zip(all_asked, questions, found, strict=True)]


def _exact_answer(
    asked: SearchQuery, question: Question, rows: Sequence[Found], request: Request, settings: Settings
) -> Response:
    lettered(asked.q)
    answer = exact_page(question, rows, _after(asked, question), asked.limit)
    return _reply(request, settings, asked, answer, _following(answer, question))


@hot.get("/search", response_model=SearchOut, responses=problems(InvalidInput), summary="Look a term up")
@gathered(_exact_answers)
def search(
    request: Request, db: Snapshot, settings: AppSettings, asked: Annotated[SearchQuery, Query()]
) -> Response:
    """Entries by their terms, whatever the case, accents, hyphens or spaces. Exact matches come first.

    `auto` reads the query in every way that it may have been meant, and each hit says which one matched; the
    other modes do only what they say. `fulltext` looks in definitions, notes and examples.
    """
    return _reply(request, settings, asked, *answered(db, asked))


def _reply(
    request: Request, settings: Settings, asked: SearchQuery, answer: Answer, following: str | None
) -> Response:
    show = tuple(dict.fromkeys(asked.show)) or LANGUAGES
    content = answer_json(asked.q, answer, show, following, settings.public_url)
    return reply_bytes(request, content, "application/json", headers=next_link(request, following))


@hot.get("/suggest", response_model=Suggestions, responses=problems(InvalidInput), summary="Complete a term")
def suggest(request: Request, db: Snapshot, asked: Annotated[SuggestQuery, Query()]) -> Response:
    """Terms of which a word begins with what was typed so far: abbreviations first, then short terms."""
    languages = tuple(dict.fromkeys(asked.in_)) or LANGUAGES
    found = completions(db, lettered(asked.q), languages, asked.limit)
    items = [
        Suggestion(
            text=term.text,
            language=term.language,
            type=term.type,
            acceptability=term.acceptability,
            entry=entry_number(term.entry_id),
            status=term.status,
        )
        for term in found
    ]
    return reply(request, Suggestions(query=asked.q, items=items))


@texts.post(
    "/lookup", response_model=LookupOut, responses=problems(InvalidInput), summary="Find the terms in a text"
)
def find_terms(
    request: Request,
    db: Snapshot,
    database: Annotated[Database, Depends(database)],
    settings: AppSettings,
    body: LookupIn,
) -> Response:
    """The terms that occur in segments of text, in whatever form, with their equivalents. Nothing is stored.

    Abbreviations are found as they are written, not in small letters. Offsets count Unicode code points.
    """
    if body.source in body.targets:
        raise InvalidInput(field="targets", reason="source_among_targets")
    if sum(map(len, body.segments)) > MOST_CHARACTERS:
        raise InvalidInput(field="segments", reason="too_much_text", limit=MOST_CHARACTERS)
    targets = tuple(dict.fromkeys(body.targets)) or tuple(code for code in LANGUAGES if code != body.source)
    asked = TextRequest(
        body.segments, body.source, targets, frozenset(body.status), body.target_required, body.overlaps
    )
    found, complete = locate(db, recognisers_of(database).of(db, body.source), asked)
    content = occurrences_json(found, targets, settings.public_url, complete=complete)
    return reply_bytes(request, content, "application/json", cache=PRIVATE)


def answered(db: Connection, asked: SearchQuery) -> tuple[Answer, str | None]:
    """A page of what was found, and the cursor of the next. Raises InvalidInput."""
    lettered(asked.q)
    question = _question(asked)
    answer = look_up(db, question, _after(asked, question), asked.limit)
    return answer, _following(answer, question)


def _question(asked: SearchQuery) -> Question:
    return Question(
        text=asked.q,
        mode=asked.match,
        languages=tuple(language for language in LANGUAGES if language in asked.in_) or LANGUAGES,
        status=frozenset(asked.status),
        subjects=frozenset(asked.subject),
    )


def _after(asked: SearchQuery, question: Question) -> Place | None:
    return _place(asked.cursor, question) if asked.cursor else None


def _following(answer: Answer, question: Question) -> str | None:
    return encode_cursor(list(answer.following), _seal(question)) if answer.following else None


def lettered(query: str) -> str:
    """The query. Raises InvalidInput if it holds nothing that could stand in a term."""
    if not has_letters(query):
        raise InvalidInput(field="q", reason="query_without_letters")
    return query


def _seal(question: Question) -> list[object]:
    """What two questions have in common that are the same but for the way they were typed."""
    narrowed = [sorted(question.status), sorted(question.subjects)]
    return [question.folded, question.mode, question.languages, *narrowed]


def _place(cursor: str, question: Question) -> Place:
    values: list[Any] = decode_cursor(cursor, (int, int, str, int, int, int, int), _seal(question))
    place = Place(*values)
    # What no key can hold, not every database would let pass.
    if any(unicodedata.category(character) in ("Cs", "Cc") for character in place.key):
        raise InvalidInput(field="cursor", reason="bad_cursor")
    return place


router = APIRouter()
router.include_router(hot)
router.include_router(texts)
