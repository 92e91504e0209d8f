"""Where pages are: `/en/…`, `/fr/…`, `/ru/…`. With the language in the address they can be cached, and cited."""

from fastapi import Request

from app.http.cookies import READING
from app.http.locale import preferred
from app.languages.codes import LANGUAGES, LanguageCode
from app.settings import Settings

PREFIXES = tuple(f"/{language}/" for language in LANGUAGES)
"""What the paths of pages begin with."""


def page_address(language: LanguageCode, path: str) -> str:
    """The address of a page in a language; `path` is the same in all of them: `/entries/TMD-0017`."""
    return f"/{language}{path}"


def language_in_path(path: str) -> LanguageCode | None:
    """The language that the path of a page names."""
    return next((language for language in LANGUAGES if path.startswith(f"/{language}/")), None)


def page_language(request: Request, settings: Settings) -> LanguageCode:
    """The language of pages for a reader: by the address, what was asked to be remembered, then Accept-Language."""
    named = language_in_path(request.scope["path"])
    if named is not None:
        return named
    asked = request.query_params.get("lang")
    remembered = (READING.sent(request, settings) or "").partition(".")[0]
    for language in LANGUAGES:
        if asked == language:
            return language
    for language in LANGUAGES:
        if remembered == language:
            return language
    return preferred(request.headers.get("accept-language", ""))


def wants_page(request: Request) -> bool:
    """Whether a browser asks, for something that is no part of the API."""
    path = request.scope["path"]
    if path.startswith(PREFIXES):
        return True
    return not path.startswith("/v1/") and "text/html" in request.headers.get("accept", "")
