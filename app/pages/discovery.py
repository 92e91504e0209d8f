"""What other programs look for: OpenSearch, the site map, robots.txt."""

import json
from collections.abc import Iterator
from typing import Annotated
from xml.sax.saxutils import escape

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.numbers import entry_number
from app.entries.tables import Entry
from app.errors import NotFound
from app.http.deps import AppSettings, ReadDb
from app.http.etags import reply_bytes
from app.http.hot import Snapshot
from app.http.locale import ReaderLanguage
from app.http.page_addresses import page_address
from app.languages.codes import LANGUAGES
from app.search.questions import has_letters
from app.search.suggesting import completions
from app.texts.catalogues import translated
from app.texts.changes import AUTHOR

router = APIRouter(include_in_schema=False)

OPENSEARCH = "application/opensearchdescription+xml"
SUGGESTIONS = "application/x-suggestions+json"
MOST_SUGGESTED = 10
PART = 2_000
"""Entries whose pages one part of the site map names; it may name 50,000 pages in all."""
PAGES = ("/", "/about", "/developers", "/subjects", "/decisions", *(f"/index/{code}" for code in LANGUAGES))


@router.get("/opensearch.xml")
def opensearch(request: Request, settings: AppSettings, language: ReaderLanguage) -> Response:
    """Lets browsers search the compendium from their own search box (OpenSearch 1.1)."""
    name = escape(translated(AUTHOR, language))
    url = escape(settings.public_url)
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>TMD ({language})</ShortName><Description>{name}</Description><Language>{language}</Language>"
        "<InputEncoding>UTF-8</InputEncoding>"
        f'<Image width="16" height="16" type="image/svg+xml">{url}/static/icon.svg</Image>'
        f'<Url type="text/html" template="{url}/{language}/search?q={{searchTerms}}"/>'
        f'<Url type="{SUGGESTIONS}" rel="suggestions"'
        f' template="{url}/opensearch/suggestions?lang={language}&amp;q={{searchTerms}}"/>'
        f'<Url type="{OPENSEARCH}" rel="self" template="{url}/opensearch.xml?lang={language}"/>'
        "</OpenSearchDescription>\n"
    )
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    return reply_bytes(request, document.encode(), f"{OPENSEARCH}; charset=utf-8", headers=headers)


@router.get("/opensearch/suggestions")
def suggestions(
    request: Request,
    db: Snapshot,
    settings: AppSettings,
    language: ReaderLanguage,
    q: Annotated[str, Query(max_length=250)] = "",
) -> Response:
    """What `/v1/suggest` says, as search boxes of browsers take it: query, terms, what they are, their pages."""
    # A search box asks with every key, and before there is a letter as well.
    found = completions(db, q, LANGUAGES, MOST_SUGGESTED) if has_letters(q) else []
    numbers = [entry_number(term.entry_id) for term in found]
    answer = [
        q,
        [term.text for term in found],
        [f"{term.language.upper()} · {number}" for term, number in zip(found, numbers, strict=True)],
        [f"{settings.public_url}{page_address(language, f'/entries/{number}')}" for number in numbers],
    ]
    headers = {"Vary": "Accept-Language"}
    return reply_bytes(request, json.dumps(answer, ensure_ascii=False).encode(), SUGGESTIONS, headers=headers)


@router.get("/robots.txt")
def robots(request: Request, settings: AppSettings) -> Response:
    """Pages may be read; what programs are for is for programs that know what they want."""
    lines = ["User-agent: *", "Disallow: /v1/", *(f"Disallow: /{code}/search" for code in LANGUAGES)]
    text = "\n".join([*lines, f"Sitemap: {settings.public_url}/sitemap.xml", ""])
    return reply_bytes(request, text.encode(), "text/plain; charset=utf-8")


@router.get("/sitemap.xml")
def sitemap(request: Request, db: ReadDb, settings: AppSettings) -> Response:
    """The parts of the site map."""
    last = db.scalar(select(func.max(col(Entry.id)))) or 0
    parts = "".join(
        f"<sitemap><loc>{escape(settings.public_url)}/sitemap/{part}.xml</loc></sitemap>"
        for part in range(last // PART + 1)
    )
    return _xml(
        request, f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>'
    )


@router.get("/sitemap/{part}.xml")
def sitemap_part(
    request: Request, db: ReadDb, settings: AppSettings, part: int = Path(ge=0, le=1_000_000)
) -> Response:
    """Pages in the three languages, each naming the others."""
    paths = [*(PAGES if part == 0 else ()), *_entries(db, part)]
    if not paths:
        raise NotFound(what="sitemap", ref=str(part))
    found = "".join(_pages(settings.public_url, path) for path in paths)
    return _xml(
        request,
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        f"{found}</urlset>",
    )


def _entries(db: Session, part: int) -> Iterator[str]:
    """The paths of the entries whose ids fall into a part."""
    query = select(col(Entry.id)).where(
        col(Entry.content).is_not(None), col(Entry.id) >= part * PART, col(Entry.id) < (part + 1) * PART
    )
    for entry_id in db.scalars(query.order_by(col(Entry.id))):
        yield f"/entries/{entry_number(entry_id)}"


def _pages(public_url: str, path: str) -> str:
    addresses = {code: escape(public_url + page_address(code, path)) for code in LANGUAGES}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>' for code, address in addresses.items()
    )
    return "".join(f"<url><loc>{address}</loc>{others}</url>" for address in addresses.values())


def _xml(request: Request, document: str) -> Response:
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'.encode()
    return reply_bytes(request, content, "application/xml; charset=utf-8")
