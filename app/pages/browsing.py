"""Reading through the compendium: the alphabetical index of each language, and the subject fields."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.entries import queries
from app.entries.browsing import index_page, subject_fields_out
from app.entries.neighbours import called
from app.entries.numbers import entry_number
from app.entries.queries import EntryFilter
from app.entries.routes import Letter, letter_in_path
from app.errors import NotFound
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppSettings, ReadDb
from app.http.params import Cursor
from app.languages.codes import LanguageCode
from app.pages.paths import LANGUAGE
from app.pages.reader import PageReader
from app.pages.rendering import page

router = APIRouter(include_in_schema=False)

TERMS, ENTRIES = 100, 50
"""How many of them a page has."""

SubjectCode = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,62}$")]


@router.get(LANGUAGE + "/index/{of}")
def letters_page(
    request: Request, db: ReadDb, settings: AppSettings, reader: PageReader, of: LanguageCode
) -> Response:
    """The letters of a language, and the terms under the first of them."""
    letters = queries.letters(db, of)
    found = index_page(db, of, letters[0][0], TERMS, None, settings.public_url) if letters else None
    return page(request, reader, "index.html", of=of, letters=_linked(letters), found=found)


@router.get(LANGUAGE + "/index/{of}/{letter}")
def terms_page(
    request: Request,
    db: ReadDb,
    settings: AppSettings,
    reader: PageReader,
    of: LanguageCode,
    letter: Letter,
    cursor: Cursor = None,
) -> Response:
    """The terms of a language under a letter."""
    letters = queries.letters(db, of)
    found = index_page(db, of, letter, TERMS, cursor, settings.public_url)
    return page(request, reader, "index.html", of=of, letters=_linked(letters), found=found)


def _linked(letters: Sequence[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """Letters as they are shown and as they stand in addresses, with the number of their terms."""
    return [(letter, letter_in_path(letter), count) for letter, count in letters]


@router.get(LANGUAGE + "/subjects")
def subjects_page(request: Request, db: ReadDb, reader: PageReader) -> Response:
    """The subject fields in systematic order."""
    return page(request, reader, "subjects.html", subjects=subject_fields_out(db))


@router.get(LANGUAGE + "/subjects/{code}")
def subject_page(
    request: Request,
    db: ReadDb,
    reader: PageReader,
    code: SubjectCode,
    after: Annotated[int, Query(ge=0, le=2_000_000_000)] = 0,
) -> Response:
    """The entries of a subject field, with what they are called in the three languages."""
    field = next((field for field in subject_fields_out(db) if field.code == code), None)
    if field is None:
        raise NotFound(what="subject_field", ref=code)
    found = queries.entries_after(db, EntryFilter(subject=(code,)), after, ENTRIES + 1)
    names = called(db, [entry.id for entry in found[:ENTRIES]])
    rows = [
        (entry_number(entry.id), entry.status.value, names[entry.id].terms if entry.id in names else {})
        for entry in found[:ENTRIES]
    ]
    return page(
        request,
        reader,
        "subject.html",
        field=field,
        rows=rows,
        following=found[ENTRIES - 1].id if len(found) > ENTRIES else None,
    )


@router.get(LANGUAGE + "/decisions")
def decisions_page(request: Request, db: ReadDb, reader: PageReader, cursor: Cursor = None) -> Response:
    """The decisions, newest first."""
    before = int(decode_cursor(cursor, (int,), "decisions")[0]) if cursor else None
    found = queries.decisions_before(db, before, ENTRIES + 1)
    following = encode_cursor([found[ENTRIES - 1][0].id or 0], "decisions") if len(found) > ENTRIES else None
    return page(request, reader, "decisions.html", decisions=found[:ENTRIES], following=following)
