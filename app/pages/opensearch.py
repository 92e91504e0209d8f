"""The OpenSearch description: how other programs look terms up here."""

from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Request, Response

from app.http.deps import AppSettings
from app.http.etags import reply_bytes
from app.http.locale import ReaderLanguage
from app.http.problems import problems
from app.languages.codes import LANGUAGES
from app.texts.catalogues import N_, translated

MEDIA_TYPE = "application/opensearchdescription+xml"
SHORT_NAME = "TMD compendium"
"""At most 16 characters, as OpenSearch wants it; the prefix of the numbers, so the same in every language."""

_TITLE = N_("Compendium of theatre missile defence terms")

router = APIRouter(tags=["pages"])


@router.get(
    "/opensearch.xml",
    response_class=Response,
    responses={
        **problems(validated=False),
        200: {"description": "The description", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
    },
    summary="How to search from elsewhere",
)
def describe(request: Request, settings: AppSettings, language: ReaderLanguage) -> Response:
    """An OpenSearch 1.1 description of look-up, in the reader's language."""
    search = quoteattr(f"{settings.public_url}/v1/search?q={{searchTerms}}")
    described = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{SHORT_NAME}</ShortName>",
        f"<Description>{escape(translated(_TITLE, language))}</Description>",
        f'<Url type="application/json" rel="results" template={search}/>',
        *(f"<Language>{code}</Language>" for code in LANGUAGES),
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
        "</OpenSearchDescription>",
        "",
    ]
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    return reply_bytes(request, "\n".join(described).encode(), MEDIA_TYPE, headers=headers)
