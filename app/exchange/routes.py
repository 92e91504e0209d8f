"""Entries in the form that the reader asks for; the glossary out and in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.accounts.deps import CurrentActor
from app.entries.numbers import entry_number
from app.entries.presenting import entries_out
from app.entries.queries import EntryFilter, entries_after, entry_of
from app.entries.routes import Statuses
from app.entries.schemas import EntryOut, EntryPage
from app.entries.text import Passage
from app.errors import (
    BadToken,
    IdempotencyKeyReused,
    ImportRejected,
    InvalidInput,
    NotAcceptable,
    NotFound,
    NotPermitted,
    SignInNeeded,
    UnreadableFile,
)
from app.exchange.choosing import options_for
from app.exchange.export_routes import FILES
from app.exchange.exporting import record_of, records_of
from app.exchange.formats import FORMATS, READABLE, FormatName, ReadableName, reader
from app.exchange.importing import ImportAs, import_entries
from app.exchange.records import Record
from app.exchange.schemas import ImportOut, counts_of, imported_out
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppProfile, AppSettings, ReadDb, WriteDb, end_reading
from app.http.etags import PRIVATE, reply
from app.http.files import attachment, whole
from app.http.idempotency import IdempotencyKey, keep_answer, kept_answer, request_hash
from app.http.locale import ReaderLanguage
from app.http.media import chosen
from app.http.paging import next_link
from app.http.params import Cursor, Limit, Ref, SubjectCodes
from app.http.problems import problems
from app.languages.codes import LanguageCode

router = APIRouter()

Form = Literal["json", FormatName]
AskedForm = Annotated[Form | None, Query(description="The form; by Accept if absent.")]
Accept = Annotated[str, Header(include_in_schema=False)]

FORMS = {"json": "application/json", **{name: format_.media_type for name, format_ in FORMATS.items()}}
_TAKEN = {format_.media_type.split(";")[0]: {"schema": {"type": "string"}} for format_ in READABLE.values()}


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
    responses=problems(NotFound, NotAcceptable),
    summary="The permanent address of an entry",
    tags=["entries"],
)
def resolve(db: ReadDb, ref: Ref, accept: Accept = "") -> Response:
    """Leads to the entry in the form that the reader prefers; also for one that was withdrawn."""
    form = chosen(None, _without_html(accept), FORMS)
    entry = entry_of(db, ref)
    chosen_form = "" if form == "json" else f"?format={form}"
    return RedirectResponse(
        f"/v1/entries/{entry_number(entry.id)}{chosen_form}", status_code=303, headers={"Vary": "Accept"}
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
                **_TAKEN,
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
    format: Annotated[ReadableName, Query(description="The format of the file.")],
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
            reader(format)(BytesIO(body)),
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


def _without_html(accept: str) -> str:
    """A browser asks for HTML first; until there are pages for entries it gets JSON."""
    return "application/json" if "text/html" in accept else accept
