"""Entries in the form that the reader asks for; the glossary out and in."""

from collections.abc import Iterator
from io import BytesIO
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from app.accounts.deps import CurrentActor
from app.entries.numbers import entry_number
from app.entries.presenting import entries_out
from app.entries.queries import EntryFilter, entry_of
from app.entries.schemas import EntryOut
from app.entries.status import EntryStatus
from app.entries.text import Passage
from app.errors import (
    BadToken,
    IdempotencyKeyReused,
    ImportRejected,
    NotAcceptable,
    NotFound,
    NotPermitted,
    SignInNeeded,
    UnreadableFile,
)
from app.exchange.exporting import record_of, records
from app.exchange.formats import FORMATS, FormatName
from app.exchange.importing import ImportAs, import_entries
from app.exchange.schemas import ImportOut, counts_of, imported_out
from app.http.deps import AppProfile, AppSettings, ReadDb, WriteDb
from app.http.etags import PRIVATE, reply, reply_bytes
from app.http.idempotency import IdempotencyKey, keep_answer, kept_answer, request_hash
from app.http.locale import ReaderLanguage
from app.http.media import chosen
from app.http.page_addresses import page_address, page_language
from app.http.params import Ref, SubjectCodes
from app.http.problems import also_as_pages, problems

router = APIRouter()

EntryForm = Literal["json", FormatName]
Accept = Annotated[str, Header(include_in_schema=False)]

ENTRY_FORMS = {"json": "application/json", **{name: format_.media_type for name, format_ in FORMATS.items()}}
PERMANENT_FORMS = {**ENTRY_FORMS, "html": "text/html"}
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


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post(
    "/v1/import",
    response_model=ImportOut,
    responses=problems(SignInNeeded, BadToken, NotPermitted, UnreadableFile, ImportRejected, IdempotencyKeyReused),
    summary="Import a glossary file",
    tags=["exchange"],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
                **_FILES,
            },
        }
    },
)
def import_file(
    request: Request,
    actor: CurrentActor,
    # Before `db`: a file that comes in slowly must not hold the writers' turn.
    body: Annotated[bytes, Depends(_body)],
    db: WriteDb,
    profile: AppProfile,
    language: ReaderLanguage,
    format: Annotated[FormatName, Query(description="The format of the file.")],
    dry_run: Annotated[bool, Query(description="Say what would happen, and change nothing.")] = False,
    into: Annotated[
        ImportAs, Query(alias="as", description="initial-load is for the secretariat.")
    ] = ImportAs.PROPOSALS,
    justification: Annotated[Passage | None, Query(description="Why, for the proposals.")] = None,
    key: IdempotencyKey = None,
) -> Response:
    """Each entry becomes a draft proposal of your party, or a version by an initial load; all or none.

    Entries are matched by number. If one is refused, nothing is stored, and the problem has the whole report.
    """
    asked = request_hash("import", format, dry_run, into, justification, body)
    if answer := kept_answer(db, actor.account_id, key, asked):
        return answer
    try:
        report = import_entries(
            db,
            actor,
            profile,
            FORMATS[format].read(BytesIO(body)),
            into=into,
            dry_run=dry_run,
            justification=justification or f"Imported from a file ({format}).",
        )
    except ImportRejected as refused:
        told = [imported_out(line, language).model_dump(mode="json") for line in refused.params["report"]]
        raise ImportRejected(count=refused.params["count"], report=told) from refused
    items = [imported_out(line, language, dry_run=dry_run) for line in report]
    made = ImportOut(format=format, dry_run=dry_run, counts=counts_of(report), items=items)
    return keep_answer(db, actor.account_id, key, asked, reply(request, made, cache=PRIVATE))


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
