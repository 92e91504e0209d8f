"""Pages that stand on their own: about, for developers, reading preferences."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.entries.queries import counts_by_status
from app.errors import NotFound
from app.http.cookies import READING
from app.http.deps import AppSettings, ReadDb
from app.http.page_addresses import page_address
from app.languages.codes import LANGUAGES
from app.pages.api_reference import operations_by_tag
from app.pages.forms import OwnForm
from app.pages.paths import LANGUAGE
from app.pages.reader import ORDERS, PageReader
from app.pages.rendering import page
from app.texts.catalogues import translated
from app.texts.disclaimer import DISCLAIMER

router = APIRouter(include_in_schema=False)

YEAR = 365 * 24 * 3600


@router.get(LANGUAGE + "/about")
def about_page(request: Request, db: ReadDb, reader: PageReader) -> Response:
    """What the compendium is and is not."""
    counts = {status.value: count for status, count in counts_by_status(db).items()}
    disclaimer = [(code, translated(DISCLAIMER, code)) for code in reader.columns]
    return page(request, reader, "about.html", disclaimer=disclaimer, counts=counts)


@router.get(LANGUAGE + "/developers")
def developers_page(request: Request, reader: PageReader) -> Response:
    """How programs and CAT tools use the compendium."""
    return page(request, reader, "developers.html")


@router.get(LANGUAGE + "/developers/api")
def api_page(request: Request, reader: PageReader) -> Response:
    """The calls of the API, by subject."""
    return page(request, reader, "api.html", groups=operations_by_tag(request.app.openapi()))


@router.get(LANGUAGE + "/developers/api/{name}")
def call_page(request: Request, reader: PageReader, name: str) -> Response:
    """One call of the API, with its parameters and answers."""
    groups = operations_by_tag(request.app.openapi())
    found: Any = next((call for _, calls in groups for call in calls if call.name == name), None)
    if found is None:
        raise NotFound(what="call", ref=name[:100])
    return page(request, reader, "call.html", call=found)


@router.get(LANGUAGE + "/preferences")
def preferences_page(request: Request, reader: PageReader) -> Response:
    """The language of the pages and the order of the columns, to be remembered if the reader asks for it."""
    kept = READING.sent(request, request.app.state.settings)
    return page(request, reader, "preferences.html", is_kept=kept is not None)


@router.post(LANGUAGE + "/preferences")
async def keep_preferences(request: Request, settings: AppSettings, form: OwnForm) -> Response:
    """Remember the choice in a cookie, the only one that a reader who has not signed in is ever given."""
    language = next((code for code in LANGUAGES if code == form.value("language")), None)
    order = form.value("columns")
    if form.value("forget") or language is None or order not in ORDERS:
        answer = _see(request.path_params["language"])
        READING.take_back(answer, settings)
        return answer
    answer = _see(language)
    READING.give(answer, settings, f"{language}.{order}", YEAR)
    return answer


def _see(language: Any) -> Response:
    """After a form, the page anew."""
    headers = {"Cache-Control": "no-store"}
    return RedirectResponse(page_address(language, "/preferences"), status_code=303, headers=headers)
