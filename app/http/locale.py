"""The language in which the service speaks to a reader. It never filters what the compendium says."""

from typing import Annotated

from babel import negotiate_locale
from fastapi import Depends, Request

from app.languages.codes import LANGUAGES, LanguageCode

DEFAULT: LanguageCode = "en"


def preferred(header: str) -> LanguageCode:
    """The best of our languages for an Accept-Language header (RFC 9110, 12.5.4); English if none fits."""
    ranked = sorted(_weighted(header), key=lambda item: -item[1])
    wanted = [tag for tag, weight in ranked if weight > 0]
    if wanted and wanted[0] == "*":
        return DEFAULT
    # Babel neither reads weights nor expects hyphens unless told to.
    found = negotiate_locale([tag for tag in wanted if tag != "*"], list(LANGUAGES), sep="-")
    for language in LANGUAGES:
        if found == language:
            return language
    return DEFAULT


def language_of(request: Request) -> LanguageCode:
    """The reader's language: `lang` in the address before the header."""
    asked = request.query_params.get("lang")
    for language in LANGUAGES:
        if asked == language:
            return language
    return preferred(request.headers.get("accept-language", ""))


async def _reader_language(request: Request) -> LanguageCode:
    return language_of(request)


def _weighted(header: str) -> list[tuple[str, float]]:
    tags = []
    for part in header[:1000].lower().split(","):
        tag, _, weight = part.partition(";")
        value = weight.strip().removeprefix("q=")
        try:
            # A weight that cannot be read makes the tag the least wanted, not the request an error.
            tags.append((tag.strip(), float(value) if value else 1.0))
        except ValueError:
            tags.append((tag.strip(), 0.001))
    return [(tag, weight) for tag, weight in tags if tag]


ReaderLanguage = Annotated[LanguageCode, Depends(_reader_language)]
