"""The feed of changes over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from app.errors import InvalidInput
from app.feeds.atom import MEDIA_TYPE, Feed, Link, written
from app.feeds.changes import atom_entry, latest_changes
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppSettings, ReadDb
from app.http.etags import reply_bytes
from app.http.locale import ReaderLanguage
from app.http.paging import next_link
from app.http.params import Cursor, Limit
from app.http.problems import problems
from app.languages.codes import LANGUAGES, LanguageCode
from app.texts.catalogues import translated
from app.texts.changes import AUTHOR, FEED

router = APIRouter(prefix="/v1", tags=["entries"])

PATH = "/v1/changes.atom"
_NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)  # a feed without entries must have a time as well


class AtomResponse(Response):
    media_type = MEDIA_TYPE


@router.get(
    "/changes.atom",
    response_class=AtomResponse,
    responses={**problems(InvalidInput), 200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
    summary="What has changed, as an Atom feed",
)
def follow_changes(
    request: Request,
    db: ReadDb,
    settings: AppSettings,
    language: ReaderLanguage,
    limit: Limit = 50,
    cursor: Cursor = None,
    lang: Annotated[LanguageCode | None, Query(description="The language; by Accept-Language if absent.")] = None,
) -> Response:
    """Texts agreed, entries proposed, revised and withdrawn, newest first, in the reader's language."""
    question = ("changes.atom",)
    before = int(decode_cursor(cursor, (int,), *question)[0]) if cursor else None
    found = latest_changes(db, before, limit + 1)
    shown = found[:limit]
    following = encode_cursor([shown[-1].seq], *question) if len(found) > limit else None
    feed = Feed(
        id=f"{settings.public_url}{PATH}",
        language=language,
        title=translated(FEED, language),
        author=translated(AUTHOR, language),
        updated=shown[0].at if shown else _NOTHING_YET,
        links=list(_links(f"{settings.public_url}{PATH}", lang, limit, cursor, following)),
        entries=[atom_entry(change, language, settings.public_url) for change in shown],
    )
    headers = {"Content-Language": language, "Vary": "Accept-Language", **next_link(request, following)}
    return reply_bytes(request, written(feed), f"{MEDIA_TYPE}; charset=utf-8", headers=headers)


def _links(
    address: str, lang: LanguageCode | None, limit: int, cursor: str | None, following: str | None
) -> Iterator[Link]:
    """This page, the first and the next one, and the same feed in each language."""
    asked = {"lang": lang, "limit": limit}
    yield Link("self", _with(address, **asked, cursor=cursor), MEDIA_TYPE)
    yield Link("first", _with(address, **asked), MEDIA_TYPE)
    if following is not None:
        yield Link("next", _with(address, **asked, cursor=following), MEDIA_TYPE)
    for language in LANGUAGES:
        yield Link("alternate", _with(address, lang=language), MEDIA_TYPE, hreflang=language)


def _with(address: str, **query: str | int | None) -> str:
    return f"{address}?{urlencode({name: value for name, value in query.items() if value is not None})}"
