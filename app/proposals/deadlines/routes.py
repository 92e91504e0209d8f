"""Deadlines over HTTP, as JSON and as a calendar."""

from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request, Response

from app.accounts.deps import CurrentActor
from app.calendars import icalendar
from app.errors import BadToken, InvalidInput, SignInNeeded
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppProfile, AppSettings, ReadDb
from app.http.etags import PRIVATE, reply, reply_bytes
from app.http.locale import ReaderLanguage
from app.http.paging import next_link
from app.http.params import Cursor, Limit
from app.http.problems import problems
from app.languages.codes import LanguageCode
from app.proposals.deadlines.queries import Calendar, deadlines
from app.proposals.deadlines.schemas import DeadlineList, DeadlineOut
from app.settings import Settings
from app.texts.catalogues import N_, translated

router = APIRouter(prefix="/v1", tags=["agreement"])

CALENDAR = N_("Deadlines of the compendium")
MEDIA_TYPE = f"{icalendar.MEDIA_TYPE}; charset=utf-8"

InLanguage = Annotated[LanguageCode | None, Query(description="By Accept-Language if absent.")]


@router.get(
    "/deadlines",
    response_model=DeadlineList,
    responses=problems(SignInNeeded, BadToken, InvalidInput),
    summary="The deadlines that are still to come",
)
def list_deadlines(
    request: Request,
    actor: CurrentActor,
    db: ReadDb,
    profile: AppProfile,
    settings: AppSettings,
    reader: ReaderLanguage,
    language: InLanguage = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """When silence expires, what was agreed ad referendum is to be confirmed, and review is due; the next first."""
    spoken = language or reader
    question = ("deadlines", actor.account_id, spoken)
    found = deadlines(db, Calendar(actor, profile, spoken, _host(settings)))
    if cursor:
        after = _place(*map(str, decode_cursor(cursor, (str, str), *question)))
        found = [one for one in found if (one.at, one.uid) > after]
    last = found[limit - 1] if len(found) > limit else None
    following = encode_cursor([last.at.isoformat(), last.uid], *question) if last is not None else None
    headers = {**next_link(request, following), "Content-Language": spoken, "Vary": "Accept-Language"}
    return reply(request, DeadlineList(items=found[:limit], next=following), cache=PRIVATE, headers=headers)


@router.get(
    "/deadlines.ics",
    response_class=Response,
    responses={
        **problems(SignInNeeded, BadToken),
        200: {"description": "The calendar", "content": {icalendar.MEDIA_TYPE: {"schema": {"type": "string"}}}},
    },
    summary="The same deadlines as a calendar",
)
def calendar_of_deadlines(
    request: Request,
    actor: CurrentActor,
    db: ReadDb,
    profile: AppProfile,
    settings: AppSettings,
    reader: ReaderLanguage,
    language: InLanguage = None,
) -> Response:
    """An iCalendar file, which calendars keep up to date by asking again."""
    spoken = language or reader
    found = deadlines(db, Calendar(actor, profile, spoken, _host(settings)))
    body = icalendar.write(translated(CALENDAR, spoken), map(_event, found))
    headers = {
        "Content-Language": spoken,
        "Vary": "Accept-Language",
        "Content-Disposition": 'inline; filename="deadlines.ics"',
    }
    return reply_bytes(request, body, MEDIA_TYPE, cache=PRIVATE, headers=headers)


def _event(deadline: DeadlineOut) -> icalendar.Deadline:
    return icalendar.Deadline(
        uid=deadline.uid,
        number=deadline.number,
        title=deadline.title,
        expires_at=deadline.at,
        zone=deadline.zone,
        last_modified=deadline.changed,
    )


def _host(settings: Settings) -> str:
    return urlsplit(settings.public_url).netloc


def _place(at: str, uid: str) -> tuple[datetime, str]:
    """Where a cursor goes on. Raises InvalidInput."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise InvalidInput(field="cursor", reason="bad_cursor") from error
    if moment.tzinfo is None:
        raise InvalidInput(field="cursor", reason="bad_cursor")
    return moment, uid
