"""Silence procedures over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.accounts.deps import CurrentActor
from app.errors import (
    BadToken,
    GuardsFailed,
    InvalidInput,
    NotFound,
    NotPermitted,
    SignInNeeded,
    SilenceOver,
    StaleBase,
    TransitionNotAllowed,
)
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppProfile, ReadDb, WriteDb
from app.http.etags import PRIVATE, reply
from app.http.paging import next_link
from app.http.params import Cursor, Limit
from app.http.problems import problems
from app.proposals.dossier import dossier_of
from app.proposals.silence import extending, opening
from app.proposals.silence.presenting import silence_out
from app.proposals.silence.queries import silence_numbered, silences_after
from app.proposals.silence.schemas import NewExtension, NewSilence, SilenceAsked, SilenceOut, SilencePage

router = APIRouter(prefix="/v1/silences", tags=["agreement"])

SilenceNumber = Annotated[
    str, Path(max_length=32, pattern=r"^[Ss]\([0-9]{4}\)[0-9]{4,9}$", examples=["S(2026)0007"])
]
READ_ERRORS = (SignInNeeded, BadToken, NotPermitted, NotFound)
TIME_ERRORS = (*READ_ERRORS, SilenceOver, InvalidInput)


@router.get(
    "", response_model=SilencePage, responses=problems(*READ_ERRORS, InvalidInput), summary="List the procedures"
)
def list_silences(
    request: Request,
    actor: CurrentActor,
    db: ReadDb,
    profile: AppProfile,
    running: Annotated[bool | None, Query(description="Only those that run, or that have ended.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Silence procedures, those opened first first."""
    question = ("silences", actor.account_id, running)
    after = int(decode_cursor(cursor, (int,), *question)[0]) if cursor else 0
    found = silences_after(db, after, limit + 1, running=running)
    following = encode_cursor([found[limit - 1].id or 0], *question) if len(found) > limit else None
    page = SilencePage(items=[silence_out(db, silence, profile) for silence in found[:limit]], next=following)
    return reply(request, page, cache=PRIVATE, headers=next_link(request, following))


@router.post(
    "",
    status_code=201,
    response_model=SilenceAsked,
    responses=problems(*READ_ERRORS, InvalidInput, TransitionNotAllowed, StaleBase, GuardsFailed),
    summary="Ask for silence on proposals",
)
def ask_for_silence(
    request: Request, body: NewSilence, actor: CurrentActor, db: WriteDb, profile: AppProfile
) -> Response:
    """As the co-chair of a side. Once each side has asked for the same texts and period, all of them are frozen."""
    dossiers = [dossier_of(db, actor, number, profile) for number in body.proposals]
    opened = opening.request(db, actor, profile, dossiers, body.period)
    shown = silence_out(db, opened, profile) if opened is not None else None
    asked = SilenceAsked(proposals=[dossier.proposal.number for dossier in dossiers], silence=shown)
    headers = {"Location": f"/v1/silences/{opened.number}"} if opened is not None else {}
    return reply(request, asked, status=201, cache=PRIVATE, headers=headers)


@router.get(
    "/{number}", response_model=SilenceOut, responses=problems(*READ_ERRORS), summary="One silence procedure"
)
def read_silence(
    request: Request, _actor: CurrentActor, db: ReadDb, profile: AppProfile, number: SilenceNumber
) -> Response:
    """What was put under silence, until when, and what became of each text."""
    return reply(request, silence_out(db, silence_numbered(db, number), profile), cache=PRIVATE)


@router.post(
    "/{number}/extensions",
    status_code=201,
    response_model=SilenceOut,
    responses=problems(*TIME_ERRORS),
    summary="Ask for more time",
)
def ask_for_time(
    request: Request,
    number: SilenceNumber,
    body: NewExtension,
    actor: CurrentActor,
    db: WriteDb,
    profile: AppProfile,
) -> Response:
    """The first request is granted at once, a second one by the co-chairs. It holds for everybody."""
    silence = silence_numbered(db, number)
    extending.ask_for_time(db, actor, profile, silence, working_days=body.working_days, reason=body.reason)
    return reply(request, silence_out(db, silence, profile), status=201, cache=PRIVATE)


@router.post(
    "/{number}/extensions/{extension}/grant",
    response_model=SilenceOut,
    responses=problems(*TIME_ERRORS),
    summary="Grant more time",
)
def grant_time(
    request: Request,
    number: SilenceNumber,
    extension: Annotated[int, Path(ge=1, le=20)],
    actor: CurrentActor,
    db: WriteDb,
    profile: AppProfile,
) -> Response:
    """As the co-chair of a side; the extension holds once every side has granted it."""
    silence = silence_numbered(db, number)
    extending.grant_time(db, actor, profile, silence, extension)
    return reply(request, silence_out(db, silence, profile), cache=PRIVATE)


@router.post(
    "/{number}/urgency-refusal",
    response_model=SilenceOut,
    responses=problems(*TIME_ERRORS),
    summary="Refuse urgency",
)
def refuse_urgency(
    request: Request, number: SilenceNumber, actor: CurrentActor, db: WriteDb, profile: AppProfile
) -> Response:
    """Within a day of its opening, any party may demand the normal period for an urgent procedure."""
    silence = extending.refuse_urgency(db, actor, profile, silence_numbered(db, number))
    return reply(request, silence_out(db, silence, profile), cache=PRIVATE)
