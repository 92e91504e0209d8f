"""Error pages: what went wrong, in the reader's language, and where to go on."""

from fastapi import Request, Response

from app.http.page_addresses import page_language
from app.http.problems import Problem
from app.languages.codes import LANGUAGES
from app.pages.reader import Reader
from app.pages.rendering import page


def error_page(request: Request, problem: Problem, headers: dict[str, str]) -> Response:
    """The page in place of a problem, for browsers. It asks no database: that may be what failed."""
    language = page_language(request, request.app.state.settings)
    reader = Reader(language, (language, *(code for code in LANGUAGES if code != language)))
    kept = {name: value for name, value in headers.items() if name in ("Retry-After", "Allow", "WWW-Authenticate")}
    return page(request, reader, "error.html", status=problem.status, private=True, headers=kept, problem=problem)
