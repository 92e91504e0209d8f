"""The start page, in the reader's language."""

from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.entries.queries import counts_by_status
from app.http.deps import ReadDb
from app.http.etags import reply_bytes
from app.http.locale import ReaderLanguage
from app.http.problems import problems
from app.languages.codes import LANGUAGES, LanguageCode
from app.texts.catalogues import catalogue
from app.texts.statuses import status_name

router = APIRouter(tags=["pages"])


def _environment(language: LanguageCode) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translations: Any = catalogue(language)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["number"] = lambda value: format_decimal(value, locale=language)
    return environment


_ENVIRONMENTS = {language: _environment(language) for language in LANGUAGES}


@router.get("/", response_class=HTMLResponse, responses=problems(validated=False), summary="The start page")
def start(request: Request, db: ReadDb, language: ReaderLanguage) -> Response:
    """How many entries there are by status, and where everything is."""
    counts = counts_by_status(db)
    page = (
        _ENVIRONMENTS[language]
        .get_template("start.html")
        .render(
            language=language,
            languages=[(code, Locale.parse(code).get_display_name(code)) for code in LANGUAGES],
            counts=[(status, status_name(status, language), count) for status, count in sorted(counts.items())],
            total=sum(counts.values()),
        )
    )
    headers = {
        "Content-Language": language,
        "Vary": "Accept-Language",
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'",
    }
    return reply_bytes(request, page.encode("utf-8"), "text/html; charset=utf-8", headers=headers)
