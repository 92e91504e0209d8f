"""The glossary in."""

from io import BytesIO
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.accounts.deps import CurrentActor
from app.entries.content import Code
from app.entries.text import Passage, ShortText
from app.errors import (
    BadToken,
    IdempotencyKeyReused,
    ImportRejected,
    InvalidInput,
    NotPermitted,
    SignInNeeded,
    UnreadableFile,
)
from app.exchange.imported import ImportAs, ImportFile, Terms
from app.exchange.importing import import_entries
from app.exchange.options import Extras, Layout, ReadOptions, columns_from
from app.exchange.origins import collection_of, digest_of
from app.exchange.readers import READERS, ImportFormat
from app.exchange.schemas import ImportOut, counts_of, imported_out
from app.http.deps import AppProfile, WriteDb
from app.http.etags import PRIVATE, reply
from app.http.idempotency import IdempotencyKey, keep_answer, kept_answer, request_hash
from app.http.locale import ReaderLanguage
from app.http.problems import problems
from app.languages.codes import LanguageCode

router = APIRouter()

_FILE = {"schema": {"type": "string", "format": "binary"}}
_TYPES = (
    *("application/octet-stream", "application/x-tbx", "text/csv", "text/tab-separated-values"),
    *("text/turtle", "application/ld+json"),
)
"""Workbooks and JSON lines come as bytes. The type says nothing that `format` does not."""


def read_options(
    subject: Annotated[Code | None, Query(description="The subject field of entries that name none.")] = None,
    extras: Annotated[
        Extras, Query(description="What a content has no field for: keep it in notes, or leave it out.")
    ] = Extras.NOTE,
    language: Annotated[LanguageCode | None, Query(description="Of texts that name none.")] = None,
    encoding: Annotated[
        str | None, Query(max_length=30, description="Of a table; found out if absent, such as windows-1251.")
    ] = None,
    delimiter: Annotated[
        str | None, Query(min_length=1, max_length=1, description="Between the cells of a table.")
    ] = None,
    separator: Annotated[
        str, Query(min_length=1, max_length=3, description="Between several values in a cell.")
    ] = "|",
    layout: Annotated[
        Layout | None, Query(description="What a row of a table is: long, a term; wide, an entry.")
    ] = None,
    sheet: Annotated[
        str | None, Query(max_length=100, description="A sheet of a workbook, by its name or its place.")
    ] = None,
    column: Annotated[
        list[str],
        Query(
            max_length=100,
            description="A heading, or the place of a column, and what it holds: `Термин=ru`, `3=definition_en`;"
            " `Remarks=-` passes it over. If all are places, the table has no headings.",
        ),
    ] = [],  # noqa: B006
) -> ReadOptions:
    """What the caller says of the file."""
    return ReadOptions(
        subject=subject,
        extras=extras,
        language=language,
        encoding=encoding,
        delimiter=delimiter,
        separator=separator,
        layout=layout,
        sheet=sheet,
        columns=columns_from(column),
    ).checked()


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post(
    "/v1/import",
    response_model=ImportOut,
    responses=problems(
        SignInNeeded, BadToken, NotPermitted, UnreadableFile, ImportRejected, InvalidInput, IdempotencyKeyReused
    ),
    summary="Import a glossary file",
    tags=["exchange"],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": dict.fromkeys(_TYPES, _FILE),
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
    format: Annotated[ImportFormat, Query(description="The format of the file.")],
    options: Annotated[ReadOptions, Depends(read_options)],
    dry_run: Annotated[bool, Query(description="Say what would happen, and change nothing.")] = False,
    into: Annotated[
        ImportAs, Query(alias="as", description="initial-load is for the secretariat.")
    ] = ImportAs.PROPOSALS,
    justification: Annotated[Passage | None, Query(description="Why, for the proposals.")] = None,
    collection: Annotated[
        ShortText | None,
        Query(
            max_length=100,
            description="From which collection the file is. Entries that come again under the name that it gives"
            " them are recognised; without it, only those of the very same file are.",
        ),
    ] = None,
    key: IdempotencyKey = None,
) -> Response:
    """Each entry becomes a draft proposal of your party, or a version by an initial load; all or none.

    Entries are matched by number, or by the name that their collection gives them. If one is refused, nothing is
    stored, and the problem has the whole report.
    """
    asked = request_hash("import", format, dry_run, into, justification, collection, options, body)
    if answer := kept_answer(db, actor.account_id, key, asked):
        return answer
    digest = digest_of(body)
    try:
        report = import_entries(
            db,
            actor,
            profile,
            READERS[format](BytesIO(body), options),
            Terms(
                justification=justification or f"Imported from a file ({format}).",
                into=into,
                collection=collection or collection_of(digest),
                subject=options.subject,
                file=ImportFile(format, digest),
            ),
            dry_run=dry_run,
        )
    except ImportRejected as refused:
        told = [imported_out(line, language).model_dump(mode="json") for line in refused.params["report"]]
        raise ImportRejected(count=refused.params["count"], report=told) from refused
    items = [imported_out(line, language, dry_run=dry_run) for line in report]
    made = ImportOut(format=format, dry_run=dry_run, counts=counts_of(report), items=items)
    return keep_answer(db, actor.account_id, key, asked, reply(request, made, cache=PRIVATE))
