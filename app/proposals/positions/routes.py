"""Positions over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy import select
from sqlmodel import col

from app.accounts.deps import CurrentActor
from app.errors import BadToken, GuardsFailed, NotFound, SignInNeeded
from app.http.deps import AppProfile, AppSettings, ReadDb, WriteDb
from app.http.etags import PRIVATE, IfMatch, reply, require_match
from app.http.problems import problems
from app.proposals.causing import cause
from app.proposals.dossier import dossier_of
from app.proposals.inputs import EventInput, NewPosition
from app.proposals.positions.tables import Position
from app.proposals.positions.withdrawing import withdraw_reservation
from app.proposals.presenting import position_out, proposal_out
from app.proposals.routes import EDIT_ERRORS, ProposalRef
from app.proposals.schemas import PositionList, ProposalOut
from app.proposals.workflow import Event

router = APIRouter(prefix="/v1/proposals", tags=["agreement"])


@router.get(
    "/{ref}/positions",
    response_model=PositionList,
    responses=problems(SignInNeeded, BadToken, NotFound),
    summary="What the parties have said of the texts of a proposal",
)
def list_positions(
    request: Request, actor: CurrentActor, db: ReadDb, profile: AppProfile, ref: ProposalRef
) -> Response:
    """All positions, those that a later revision has voided or their party has withdrawn included and marked."""
    dossier = dossier_of(db, actor, ref, profile)
    query = select(Position).where(col(Position.proposal_id) == dossier.id).order_by(col(Position.id))
    items = [position_out(position) for position in db.scalars(query)]
    return reply(request, PositionList(proposal=dossier.proposal.number, items=items), cache=PRIVATE)


@router.post(
    "/{ref}/positions",
    status_code=201,
    response_model=ProposalOut,
    responses=problems(*EDIT_ERRORS, GuardsFailed),
    summary="Say what your party holds of the current text",
)
def take_position(
    request: Request,
    ref: ProposalRef,
    body: NewPosition,
    actor: CurrentActor,
    db: WriteDb,
    profile: AppProfile,
    settings: AppSettings,
    if_match: IfMatch = None,
) -> Response:
    """Concur, abstain, object or reserve, on the whole text or on one field. It ends when that is changed."""
    dossier = dossier_of(db, actor, ref, profile)
    require_match(if_match, dossier.etag)
    given = EventInput(reason=body.reason, element=body.element, objection=body.objection, statement=body.statement)
    moved, _ = cause(db, actor, dossier, Event(body.kind.value), given)
    made = proposal_out(moved, actor, settings.public_url)
    return reply(request, made, status=201, etag=moved.etag, cache=PRIVATE)


@router.post(
    "/{ref}/positions/{position}/withdraw",
    response_model=ProposalOut,
    responses=problems(*EDIT_ERRORS),
    summary="Take a reservation back",
)
def withdraw(
    request: Request,
    ref: ProposalRef,
    position: Annotated[int, Path(ge=1, le=2_000_000_000)],
    actor: CurrentActor,
    db: WriteDb,
    profile: AppProfile,
    settings: AppSettings,
    if_match: IfMatch = None,
) -> Response:
    """A reservation, statement or usage note, before the text is adopted. Objections are withdrawn by an event."""
    dossier = dossier_of(db, actor, ref, profile)
    require_match(if_match, dossier.etag)
    withdrawn = withdraw_reservation(db, actor, dossier, position)
    return reply(request, proposal_out(withdrawn, actor, settings.public_url), etag=withdrawn.etag, cache=PRIVATE)
