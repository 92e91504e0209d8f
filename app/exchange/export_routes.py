"""The glossary out: files of all that was asked for, and what such a file does not hold."""

from importlib.metadata import version
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.entries.queries import EntryFilter
from app.entries.status import EntryStatus
from app.errors import InvalidInput
from app.exchange.choosing import options_for
from app.exchange.exporting import counted, how_many, options_in, records, state
from app.exchange.formats import FORMATS, FormatName
from app.exchange.losses import Losses, loses_nothing, losses_of
from app.exchange.records import Format, Options, Style
from app.http.deps import AppSettings, ReadDb
from app.http.etags import reply
from app.http.files import attachment, streamed
from app.http.params import SubjectCodes
from app.http.problems import problems
from app.languages.codes import LanguageCode

router = APIRouter(tags=["exchange"])

FILES = {format_.media_type.split(";")[0]: {"schema": {"type": "string"}} for format_ in FORMATS.values()}


COUNTED_AT_ONCE = 5_000
"""Entries of which the losses are counted before the first byte is sent; of more, the report alone tells."""


class Asked:
    """The file that a request asks for."""

    def __init__(
        self,
        format: Annotated[FormatName, Query(description="See the table of formats in docs/formats.md.")],
        status: Annotated[
            list[EntryStatus],
            Query(max_length=5, description="Entries of these statuses; agreed ones by default."),
        ] = [],  # noqa: B006
        subject: SubjectCodes = [],  # noqa: B006
        source: Annotated[LanguageCode | None, Query(description="The language that is translated.")] = None,
        target: Annotated[LanguageCode | None, Query(description="The language into which.")] = None,
        style: Annotated[Style | None, Query(description="Of TBX 3: how data categories are named.")] = None,
    ) -> None:
        self.format: Format = FORMATS[format]
        self.filter = EntryFilter(tuple(status), tuple(subject))
        self.options = options_for(self.format, source=source, target=target, style=style)


AskedFile = Annotated[Asked, Depends()]


class FieldLoss(BaseModel):
    field: str = Field(description="The field of the content, with `*` for languages and places in lists.")
    count: int


class LossesOut(BaseModel):
    """What a file does not hold of the entries that were asked for."""

    format: str
    entries: int = Field(description="How many were asked for.")
    left_out: int = Field(description="How many of them are not in the file.")
    lost: list[FieldLoss] = Field(description="Values that are not in the file, or not exactly.")
    lowered: list[FieldLoss] = Field(description="Values that stand in notes only, where a person reads them.")


@router.get(
    "/v1/export",
    response_class=StreamingResponse,
    responses={**problems(InvalidInput), 200: {"description": "The glossary as a file", "content": FILES}},
    summary="Export the glossary",
)
def export(request: Request, db: ReadDb, settings: AppSettings, asked: AskedFile) -> Response:
    """The entries by number, streamed. The same entries give the same bytes, and so the same ETag.

    `Compendium-Losses` counts what the file does not hold, and `Link` leads to the report. With
    `Want-Repr-Digest: sha-256=1` the answer has the digest of the file.
    """
    file, options = asked.format, asked.options
    etag = state(db, asked.filter, file.name, options, settings.public_url, version("compendium"))
    of_all = options_in(db, asked.filter, options)
    headers = {
        **attachment(file_name(file, options)),
        **_told(request, _losses_at_once(db, asked)),
    }
    return streamed(
        request,
        lambda: file.write(records(db, asked.filter, settings.public_url), of_all),
        file.media_type,
        etag=etag,
        headers=headers,
    )


@router.get(
    "/v1/export/losses",
    response_model=LossesOut,
    responses=problems(InvalidInput),
    summary="What an export would not hold",
)
def read_losses(request: Request, db: ReadDb, asked: AskedFile) -> Response:
    """Counts of what a file of these entries in this format loses, and of what it carries in notes only."""
    return reply(request, losses_out(asked.format, _losses(db, asked)))


def losses_out(format_: Format, losses: Losses) -> LossesOut:
    """The report, with fields in the order of their names."""
    lost, lowered = (
        [FieldLoss(field=field, count=count) for field, count in sorted(counter.items())]
        for counter in (losses.lost, losses.lowered)
    )
    return LossesOut(
        format=format_.name, entries=losses.entries, left_out=losses.left_out, lost=lost, lowered=lowered
    )


def file_name(format_: Format, options: Options) -> str:
    """`compendium-en-ru.txt`"""
    return "-".join(("compendium", *(options.pair or ()))) + format_.suffix


def _losses(db: Session, asked: Asked) -> Losses:
    return losses_of(counted(db, asked.filter), asked.format, asked.options)


def _losses_at_once(db: Session, asked: Asked) -> Losses | None:
    """What the file loses, unless counting that would keep the reader waiting."""
    if loses_nothing(asked.format, asked.options):
        return Losses()
    return _losses(db, asked) if how_many(db, asked.filter) <= COUNTED_AT_ONCE else None


def _told(request: Request, losses: Losses | None) -> dict[str, str]:
    """The headers about losses."""
    query = urlencode(request.query_params.multi_items())
    told = {"Link": f'</v1/export/losses?{query}>; rel="describedby"; type="application/json"'}
    if losses is not None:
        told["Compendium-Losses"] = f"left-out={losses.left_out}, values={losses.lost.total()}"
    return told
