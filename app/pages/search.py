"""The search page: what was found, and how the query was read so that it was found."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.entries.neighbours import called
from app.entries.numbers import entry_id
from app.entries.status import EntryStatus
from app.entries.tables import SubjectField
from app.errors import InvalidInput
from app.http.hot import HotRoute, Snapshot
from app.languages.codes import LANGUAGES, LanguageCode
from app.pages.reader import reader_of
from app.pages.rendering import page
from app.search.presenting import answer_json
from app.search.questions import Answer, Mode
from app.search.routes import answered
from app.search.schemas import SearchQuery
from app.settings import Settings
from app.texts.faults import fault_text

hot = APIRouter(route_class=HotRoute, include_in_schema=False)


class PageQuery(SearchQuery):
    """A look-up as a form sends it: nothing may have been typed, and what was not chosen comes along empty."""

    q: Annotated[str, Field(max_length=250)] = ""
    limit: Annotated[int, Field(ge=1, le=20)] = 20

    @property
    def needs_one_statement(self) -> bool:
        return super().needs_one_statement and not self.subject


def search_page(
    request: Request, db: Snapshot, settings: Settings, asked: Annotated[PageQuery, Query()]
) -> Response:
    """What was found for a query; the form alone if there is none yet."""
    reader = reader_of(request)
    found: dict[str, Any] = {"hits": [], "did_you_mean": [], "next": None}
    fault = None
    query = asked.q.strip()
    if query:
        try:
            answer, following = answered(db, asked)
            found = _as_the_api_says(asked, answer, following, settings.public_url)
        except InvalidInput as error:
            if error.field != "q":
                raise
            fault = fault_text(str(error.params["reason"]), reader.language, error.params)
    return page(
        request,
        reader,
        "search.html",
        status=200 if fault is None else 422,
        asked=asked,
        has_query=bool(query) and fault is None,
        fault=fault,
        found=found,
        named=_named(db, found["hits"], reader.language),
        modes=[mode.value for mode in Mode],
        statuses=[status.value for status in EntryStatus],
        subjects=_labels(db, asked.subject, reader.language),
        kept=_kept(asked),
        is_narrowed=bool(asked.in_ or asked.status or asked.subject or asked.match is not Mode.AUTO),
    )


def _as_the_api_says(asked: PageQuery, answer: Answer, following: str | None, public_url: str) -> dict[str, Any]:
    """The very answer of `/v1/search`."""
    said: dict[str, Any] = json.loads(answer_json(asked.q, answer, LANGUAGES, following, public_url))
    return said


def _named(
    db: Connection, hits: list[dict[str, Any]], language: LanguageCode
) -> dict[str, tuple[LanguageCode, str]]:
    """What the entries are called that warnings name, in the reader's language if it has a term for them."""
    params = [warning["params"] for hit in hits for warning in hit["warnings"]]
    entries = {number: entry_id(number) for one in params for number in one.get("entries", ())}
    names = called(db, {*entries.values()})
    found = {number: names[id_].in_(language, *LANGUAGES) for number, id_ in entries.items() if id_ in names}
    return {number: name for number, name in found.items() if name is not None}


def _kept(asked: PageQuery) -> list[tuple[str, str]]:
    """What the next page and a spelling that was meant keep of the question: all but the words and the place."""
    narrowed = [("in", code) for code in asked.in_] + [("status", one.value) for one in asked.status]
    narrowed += [("subject", code) for code in asked.subject]
    return [*narrowed, *([("match", asked.match.value)] if asked.match is not Mode.AUTO else [])]


def _labels(db: Connection, codes: list[str], language: LanguageCode) -> list[tuple[str, str]]:
    """Subject fields that narrow the search, by code and name."""
    if not codes:
        return []
    query = select(SubjectField.__table__).where(col(SubjectField.code).in_(codes))  # type: ignore[attr-defined]
    known = {row.code: getattr(row, f"label_{language}") for row in db.execute(query)}
    return [(code, known.get(code, code)) for code in codes]


for _language in LANGUAGES:
    # Hot routes are found by their whole path.
    hot.add_api_route(f"/{_language}/search", search_page, methods=["GET"], name=f"search_page_{_language}")
