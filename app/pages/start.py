"""The start page, and the way to it in the reader's language."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.entries.browsing import subject_fields_out
from app.entries.queries import counts_by_status, decisions_before, letters
from app.entries.routes import letter_in_path
from app.http.deps import AppSettings, ReadDb
from app.http.page_addresses import page_address, page_language
from app.languages.codes import LANGUAGES, LanguageCode
from app.pages.paths import LANGUAGE
from app.pages.reader import PageReader
from app.pages.rendering import page

router = APIRouter(include_in_schema=False)

LATEST = 5
"""Decisions that the start page names."""


@router.get("/")
async def choose_language(request: Request, settings: AppSettings) -> Response:
    """To the start page in the reader's language."""
    return _in_language(page_language(request, settings), "/")


@router.get("/docs")
async def documentation(request: Request, settings: AppSettings) -> Response:
    """To the page for developers, which loads nothing from elsewhere."""
    return _in_language(page_language(request, settings), "/developers/api")


def _in_language(language: LanguageCode, path: str) -> Response:
    # It depends on what the browser said, and costs nothing to ask again.
    headers = {"Vary": "Accept-Language, Cookie", "Cache-Control": "no-store"}
    return RedirectResponse(page_address(language, path), status_code=303, headers=headers)


@router.get(LANGUAGE + "/")
def start(request: Request, db: ReadDb, reader: PageReader) -> Response:
    """How many entries there are by status, and where everything is."""
    counts = counts_by_status(db)
    return page(
        request,
        reader,
        "start.html",
        counts=[(status.value, count) for status, count in sorted(counts.items())],
        total=sum(counts.values()),
        letters={code: [(one, letter_in_path(one)) for one, _ in letters(db, code)] for code in LANGUAGES},
        subjects=subject_fields_out(db),
        decisions=decisions_before(db, None, LATEST),
    )
