"""Entries in the form that the reader asks for; the glossary out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.entries.numbers import entry_number
from app.entries.presenting import entries_out
from app.entries.queries import EntryFilter, entries_after, entry_of
from app.entries.routes import Statuses
from app.entries.schemas import EntryOut, EntryPage
from app.errors import (
    InvalidInput,
    NotAcceptable,
    NotFound,
)
from app.exchange.choosing import options_for
from app.exchange.export_routes import FILES
from app.exchange.exporting import record_of, records_of
from app.exchange.formats import FORMATS, FormatName
from app.exchange.records import Record
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppSettings, ReadDb, end_reading
from app.http.etags import reply
from app.http.files import attachment, whole
from app.http.media import chosen
from app.http.page_addresses import page_address, page_language
from app.http.paging import next_link
from app.http.params import Cursor, Limit, Ref, SubjectCodes
from app.http.problems import also_as_pages, problems
from app.languages.codes import LanguageCode

router = APIRouter()

Form = Literal["json", FormatName]
AskedForm = Annotated[Form | None, Query(description="The form; by Accept if absent.")]
Accept = Annotated[str, Header(include_in_schema=False)]

FORMS = {"json": "application/json", **{name: format_.media_type for name, format_ in FORMATS.items()}}
PERMANENT_FORMS = {**FORMS, "html": "text/html"}


# The same for all forms at an address, since what is kept of answers is told apart by it; files are compressed.
VARY = "Accept, Accept-Encoding"


@dataclass(frozen=True)
class Languages:
    """The pair of languages that bilingual forms need."""

    source: Annotated[LanguageCode | None, Query(description="Of a bilingual form: what is translated.")] = None
    target: Annotated[LanguageCode | None, Query(description="Of a bilingual form: into what.")] = None


AskedPair = Annotated[Languages, Depends()]


@router.get(
    "/v1/entries",
    response_model=EntryPage,
    responses={**problems(InvalidInput, NotAcceptable), 200: {"content": FILES}},
    summary="List the entries",
    tags=["entries"],
)
def list_entries(
    request: Request,
    db: ReadDb,
    settings: AppSettings,
    pair: AskedPair,
    status: Statuses = [],  # noqa: B006
    subject: SubjectCodes = [],  # noqa: B006
    limit: Limit = 50,
    cursor: Cursor = None,
    format: AskedForm = None,
    accept: Accept = "",
) -> Response:
    """The public entries by number, withdrawn ones without a text left out; as JSON or in an exchange format."""
    form = chosen(format, accept, FORMS)
    question = ("entries", status, subject)
    after = int(decode_cursor(cursor, (int,), *question)[0]) if cursor else 0
    found = entries_after(db, EntryFilter(tuple(status), tuple(subject)), after, limit + 1)
    following = encode_cursor([found[limit - 1].id], *question) if len(found) > limit else None
    headers = next_link(request, following)
    if form != "json":
        shown = list(records_of(db, found[:limit], settings.public_url))
        return _file(request, form, shown, pair, "compendium-part", headers)
    page = EntryPage(items=entries_out(db, found[:limit], settings.public_url), next=following)
    return reply(request, page, headers={**headers, "Vary": VARY})


@router.get(
    "/v1/entries/{ref}",
    response_model=EntryOut,
    responses={**problems(NotFound, NotAcceptable, InvalidInput), 200: {"content": FILES}},
    summary="One entry",
    tags=["entries"],
)
def read_entry(
    request: Request,
    db: ReadDb,
    settings: AppSettings,
    ref: Ref,
    pair: AskedPair,
    format: AskedForm = None,
    accept: Accept = "",
) -> Response:
    """The public text of an entry, as JSON or in an exchange format. A withdrawn one answers with its tombstone."""
    form = chosen(format, accept, FORMS)
    entry = entry_of(db, ref)
    if form == "json":
        return reply(request, entries_out(db, [entry], settings.public_url)[0], headers={"Vary": VARY})
    return _file(request, form, [record_of(db, entry, settings.public_url)], pair, entry_number(entry.id), {})


@router.get(
    "/id/{ref}",
    status_code=303,
    response_class=RedirectResponse,
    responses=also_as_pages(problems(NotFound, NotAcceptable)),
    summary="The permanent address of an entry",
    tags=["entries"],
)
def resolve(request: Request, db: ReadDb, settings: AppSettings, ref: Ref, accept: Accept = "") -> Response:
    """Leads to the entry in the form that the reader prefers, browsers to its page; also for one withdrawn."""
    form = chosen(None, accept, PERMANENT_FORMS)
    number = entry_number(entry_of(db, ref).id)
    if form == "html":
        address = page_address(page_language(request, settings), f"/entries/{number}")
    else:
        address = f"/v1/entries/{number}" + ("" if form == "json" else f"?format={form}")
    return RedirectResponse(address, status_code=303, headers={"Vary": "Accept, Accept-Language, Cookie"})


def _file(
    request: Request, form: str, shown: Sequence[Record], pair: Languages, name: str, headers: dict[str, str]
) -> Response:
    """Entries in an exchange format."""
    file = FORMATS[form]
    options = options_for(file, source=pair.source, target=pair.target)
    newest = max((record.updated_at for record in shown), default=None)
    content = b"".join(file.write(shown, replace(options, as_of=newest)))
    told = {**headers, **attachment(name + file.suffix), "Vary": "Accept"}
    end_reading(request)
    return whole(request, content, file.media_type, headers=told)
