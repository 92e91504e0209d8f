"""Meetings over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy.orm import Session

from app.accounts.deps import CurrentActor
from app.entries.numbers import entry_number
from app.errors import BadToken, InvalidInput, NotFound, NotPermitted, SignInNeeded
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import ReadDb, WriteDb
from app.http.etags import PRIVATE, reply
from app.http.paging import next_link
from app.http.params import Cursor, Limit
from app.http.problems import problems
from app.proposals.meetings.operations import agenda_of, call_meeting, meeting_numbered, meetings_after
from app.proposals.meetings.schemas import AgendaItem, MeetingOut, MeetingPage, NewMeeting
from app.proposals.meetings.tables import Meeting

router = APIRouter(prefix="/v1/meetings", tags=["agreement"])

MeetingRef = Annotated[str, Path(max_length=32, pattern=r"^[Mm]\([0-9]{4}\)[0-9]{2,9}$", examples=["M(2026)02"])]


@router.post(
    "",
    status_code=201,
    response_model=MeetingOut,
    responses=problems(SignInNeeded, BadToken, NotPermitted),
    summary="Call a meeting",
)
def call(request: Request, body: NewMeeting, actor: CurrentActor, db: WriteDb) -> Response:
    """As the secretariat. The meeting gets its number; co-chairs then put proposals on its agenda."""
    meeting = call_meeting(db, actor, held_on=body.held_on, place=body.place)
    return reply(request, _out(db, meeting), status=201, cache=PRIVATE)


@router.get(
    "",
    response_model=MeetingPage,
    responses=problems(SignInNeeded, BadToken, InvalidInput),
    summary="List the meetings",
)
def list_meetings(
    request: Request, actor: CurrentActor, db: ReadDb, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Meetings in the order in which they were called."""
    question = ("meetings", actor.account_id)
    after = int(decode_cursor(cursor, (int,), *question)[0]) if cursor else 0
    found = meetings_after(db, after, limit + 1)
    following = encode_cursor([found[limit - 1].id or 0], *question) if len(found) > limit else None
    page = MeetingPage(items=[_out(db, meeting) for meeting in found[:limit]], next=following)
    return reply(request, page, cache=PRIVATE, headers=next_link(request, following))


@router.get(
    "/{number}",
    response_model=MeetingOut,
    responses=problems(SignInNeeded, BadToken, NotFound),
    summary="One meeting with its agenda",
)
def read_meeting(request: Request, _actor: CurrentActor, db: ReadDb, number: MeetingRef) -> Response:
    """Date, place, and the proposals that were put before it."""
    return reply(request, _out(db, meeting_numbered(db, number)), cache=PRIVATE)


def _out(db: Session, meeting: Meeting) -> MeetingOut:
    return MeetingOut(
        number=meeting.number,
        agenda_number=meeting.number.replace("M", "A", 1),
        held_on=meeting.held_on,
        place=meeting.place,
        agenda=[
            AgendaItem(
                proposal=proposal.number,
                entry=entry_number(proposal.entry_id) if proposal.entry_id is not None else None,
                revision=item.revision,
                state=proposal.state.value,
            )
            for proposal, item in agenda_of(db, meeting)
        ],
    )
