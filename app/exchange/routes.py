"""Entries in the form that the reader asks for; the glossary out."""

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from app.entries.numbers import entry_number
from app.entries.presenting import entries_out
from app.entries.queries import EntryFilter, entry_of
from app.entries.schemas import EntryOut
from app.entries.status import EntryStatus
from app.errors import NotAcceptable, NotFound
from app.exchange.exporting import record_of, records
from app.exchange.formats import FORMATS, FormatName
from app.http.deps import AppSettings, ReadDb
from app.http.etags import reply, reply_bytes
from app.http.media import chosen
from app.http.params import Ref, SubjectCodes
from app.http.problems import problems

router = APIRouter()

EntryForm = Literal["json", FormatName]
Accept = Annotated[str, Header(include_in_schema=False)]

ENTRY_FORMS = {"json": "application/json", **{name: format_.media_type for name, format_ in FORMATS.items()}}
_FILES = {format_.media_type.split(";")[0]: {"schema": {"type": "string"}} for format_ in FORMATS.values()}


@router.get(
    "/v1/entries/{ref}",
    response_model=EntryOut,
    responses={**problems(NotFound, NotAcceptable), 200: {"content": _FILES}},
    summary="One entry",
    tags=["entries"],
)
def read_entry(
    request: Request,
    db: ReadDb,
    settings: AppSettings,
    ref: Ref,
    format: Annotated[EntryForm | None, Query(description="The form; by Accept if absent.")] = None,
    accept: Accept = "",
) -> Response:
    """The public text of an entry as JSON, TBX or CSV. A withdrawn entry answers with its tombstone."""
    form = chosen(format, accept, ENTRY_FORMS)
    entry = entry_of(db, ref)
    if form == "json":
        return reply(request, entries_out(db, [entry], settings.public_url)[0], headers={"Vary": "Accept"})
    wanted = FORMATS[form]
    body = b"".join(wanted.write([record_of(db, entry, settings.public_url)]))
    return reply_bytes(request, body, wanted.media_type, headers={"Vary": "Accept"})


@router.get(
    "/id/{ref}",
    status_code=303,
    response_class=RedirectResponse,
    responses=problems(NotFound, NotAcceptable),
    summary="The permanent address of an entry",
    tags=["entries"],
)
def resolve(db: ReadDb, ref: Ref, accept: Accept = "") -> Response:
    """Leads to the entry in the form that the reader prefers; also for one that was withdrawn."""
    form = chosen(None, _without_html(accept), ENTRY_FORMS)
    entry = entry_of(db, ref)
    chosen_form = "" if form == "json" else f"?format={form}"
    return RedirectResponse(
        f"/v1/entries/{entry_number(entry.id)}{chosen_form}", status_code=303, headers={"Vary": "Accept"}
    )


@router.get(
    "/v1/export",
    response_class=StreamingResponse,
    responses={**problems(), 200: {"description": "The glossary as a file", "content": _FILES}},
    summary="Export the glossary",
    tags=["exchange"],
)
def export(
    db: ReadDb,
    settings: AppSettings,
    format: Annotated[FormatName, Query()],
    status: Annotated[
        list[EntryStatus],
        Query(max_length=5, description="Entries of these statuses; agreed ones by default."),
    ] = [],  # noqa: B006
    subject: SubjectCodes = [],  # noqa: B006
) -> StreamingResponse:
    """The entries by number, streamed. The same entries give the same bytes."""
    wanted = FORMATS[format]
    chosen_entries = records(db, EntryFilter(tuple(status), tuple(subject)), settings.public_url)
    name = f'attachment; filename="compendium{wanted.suffix}"'
    return StreamingResponse(
        gathered(wanted.write(chosen_entries)),
        media_type=wanted.media_type,
        headers={"Content-Disposition": name, "Cache-Control": "no-cache"},
    )


def gathered(pieces: Iterator[bytes], size: int = 64 * 1024) -> Iterator[bytes]:
    """The same bytes in pieces worth sending; the first one at once."""
    held: list[bytes] = []
    length = 0
    first = True
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if first or length >= size:
            yield b"".join(held)
            held, length, first = [], 0, False
    if held:
        yield b"".join(held)


def _without_html(accept: str) -> str:
    """A browser asks for HTML first; until there are pages for entries it gets JSON."""
    return "application/json" if "text/html" in accept else accept
