"""Look-up over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.numbers import entry_number
from app.entries.presenting import entry_uri
from app.entries.queries import EntryFilter
from app.entries.status import EntryStatus
from app.entries.tables import EntrySubject
from app.errors import InvalidInput
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppSettings, ReadDb
from app.http.etags import reply
from app.http.paging import next_link
from app.http.params import Cursor, Limit, SubjectCodes
from app.http.problems import problems
from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.fold import fold
from app.search.queries import Hit, Mode, Place, Question, hits_after, terms_beginning, terms_of
from app.search.schemas import (
    FoundEntry,
    Match,
    MatchedTerm,
    SearchHit,
    SearchOut,
    ShownTerm,
    Suggestion,
    Suggestions,
)

router = APIRouter(prefix="/v1", tags=["look-up"])

QueryText = Annotated[
    str, Query(min_length=1, max_length=250, description="What to look up, as you would type it.")
]
Languages = Annotated[list[LanguageCode], Query(max_length=3)]


@router.get("/search", response_model=SearchOut, responses=problems(InvalidInput), summary="Look a term up")
def search(
    request: Request,
    db: ReadDb,
    settings: AppSettings,
    q: QueryText,
    in_: Annotated[
        Languages, Query(alias="in", description="Search terms of these languages; all by default.")
    ] = [],  # noqa: B006
    show: Annotated[Languages, Query(description="Return terms of these languages; all by default.")] = [],  # noqa: B006
    match: Mode = Mode.AUTO,
    status: Annotated[list[EntryStatus], Query(max_length=5, description="Only entries of these statuses.")] = [],  # noqa: B006
    subject: SubjectCodes = [],  # noqa: B006
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Entries by their terms, whatever the case, accents, hyphens or spaces. Exact matches come first.

    `auto` finds whole terms and terms that begin with the query; `exact` and `prefix` do only that.
    """
    question = Question(
        key=_key(q),
        mode=match,
        languages=tuple(in_) or LANGUAGES,
        entries=EntryFilter(tuple(status), tuple(subject)),
    )
    after = _place(cursor, question) if cursor else None
    found = hits_after(db, question, after, limit + 1)
    following = _cursor(found[limit - 1].place, question) if len(found) > limit else None
    hits = _shown(db, found[:limit], tuple(show) or LANGUAGES, settings.public_url)
    body = SearchOut(query=q, hits=hits, did_you_mean=[], next=following)
    return reply(request, body, headers=next_link(request, following))


@router.get("/suggest", response_model=Suggestions, responses=problems(InvalidInput), summary="Complete a term")
def suggest(
    request: Request,
    db: ReadDb,
    q: QueryText,
    in_: Annotated[Languages, Query(alias="in", description="Terms of these languages; all by default.")] = [],  # noqa: B006
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Response:
    """Terms that begin with what was typed so far, shortest first."""
    rows = terms_beginning(db, _key(q), tuple(in_) or LANGUAGES, limit)
    items = [
        Suggestion(
            text=term.text,
            language=_language(term.language),
            entry=entry_number(entry.id),
            status=entry.status,
        )
        for term, entry in rows
    ]
    return reply(request, Suggestions(query=q, items=items))


def _shown(db: Session, hits: list[Hit], show: tuple[LanguageCode, ...], public_url: str) -> list[SearchHit]:
    ids = [hit.entry_id for hit in hits]
    terms: dict[int, dict[LanguageCode, list[ShownTerm]]] = {i: {code: [] for code in show} for i in ids}
    for term in terms_of(db, ids, show):
        shown = ShownTerm(text=term.text, type=term.type, acceptability=term.acceptability)
        terms[term.entry_id][_language(term.language)].append(shown)
    subjects: dict[int, list[str]] = {i: [] for i in ids}
    filed = select(EntrySubject).where(col(EntrySubject.entry_id).in_(ids)).order_by(col(EntrySubject.code))
    for row in db.scalars(filed):
        subjects[row.entry_id].append(row.code)
    return [_hit(hit, terms[hit.entry_id], subjects[hit.entry_id], public_url) for hit in hits]


def _hit(hit: Hit, terms: dict[LanguageCode, list[ShownTerm]], subjects: list[str], public_url: str) -> SearchHit:
    return SearchHit(
        entry=FoundEntry(
            id=hit.entry_id,
            number=entry_number(hit.entry_id),
            status=hit.status,
            subject_fields=subjects,
            uri=entry_uri(public_url, hit.entry_id),
        ),
        matched=MatchedTerm(
            language=hit.language,
            text=hit.text,
            type=hit.type,
            acceptability=hit.acceptability,
        ),
        match=Match(kind=hit.kind, score=hit.score),
        terms=terms,
    )


def _key(query: str) -> str:
    """The folded query. Raises InvalidInput if it holds nothing that could stand in a term."""
    if not any(character.isalnum() for character in query):
        raise InvalidInput(field="q", reason="query_without_letters")
    return fold(query)


def _language(code: str) -> LanguageCode:
    return next(language for language in LANGUAGES if language == code)


def _cursor(place: Place, question: Question) -> str:
    *ranks, sort_key, entry_id = place
    return encode_cursor([*ranks, sort_key.hex(), entry_id], question)


def _place(cursor: str, question: Question) -> Place:
    kind, size, status, use, sort_key, entry_id = decode_cursor(cursor, (int, int, int, int, str, int), question)
    try:
        return int(kind), int(size), int(status), int(use), bytes.fromhex(str(sort_key)), int(entry_id)
    except ValueError as error:
        raise InvalidInput(field="cursor", reason="bad_cursor") from error
