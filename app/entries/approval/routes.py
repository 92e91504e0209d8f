"""Endorsements and accessions over HTTP."""

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.accounts.deps import CurrentActor
from app.entries.approval.acceding import accede
from app.entries.approval.endorsing import Endorsed, endorse, waiting_endorsements
from app.entries.approval.schemas import EndorsementList, EndorsementOut, NewAccession, NewEndorsement
from app.entries.presenting import decision_out
from app.entries.queries import decision_numbered
from app.entries.schemas import DecisionOut
from app.errors import BadToken, InvalidInput, NotFound, NotPermitted, SignInNeeded
from app.http.deps import AppProfile, ReadDb, WriteDb
from app.http.etags import PRIVATE, reply
from app.http.params import DecisionNumber
from app.http.problems import problems

router = APIRouter(prefix="/v1", tags=["agreement"])


@router.post(
    "/endorsements",
    status_code=201,
    response_model=EndorsementOut,
    responses=problems(SignInNeeded, BadToken, NotPermitted, InvalidInput),
    summary="Record that a higher body has approved adopted texts",
)
def record_endorsement(
    request: Request, body: NewEndorsement, actor: CurrentActor, db: WriteDb, profile: AppProfile
) -> Response:
    """As a co-chair. Once each side has recorded the same it is a decision, which raises the approval level.

    The texts stay what they are. Until then there is no decision, and the answer says which sides it waits for.
    """
    endorsed = endorse(db, actor, profile, body)
    return reply(request, _out(db, endorsed), status=201, cache=PRIVATE)


@router.get(
    "/endorsements",
    response_model=EndorsementList,
    responses=problems(SignInNeeded, BadToken, validated=False),
    summary="Endorsements that wait for a side",
)
def list_endorsements(request: Request, _actor: CurrentActor, db: ReadDb, profile: AppProfile) -> Response:
    """What one side has recorded and another has not, on texts that are still the current ones."""
    items = [_out(db, endorsed) for endorsed in waiting_endorsements(db, profile)]
    return reply(request, EndorsementList(items=items), cache=PRIVATE)


@router.post(
    "/decisions/{number}/accessions",
    status_code=201,
    response_model=DecisionOut,
    responses=problems(SignInNeeded, BadToken, NotPermitted, NotFound, InvalidInput),
    summary="Accede to a decision made before your party joined",
)
def record_accession(
    request: Request,
    number: DecisionNumber,
    body: NewAccession,
    actor: CurrentActor,
    db: WriteDb,
    profile: AppProfile,
) -> Response:
    """As the authorised representative of a party whose consent the decision does not record."""
    decision, versions = decision_numbered(db, number)
    accede(db, actor, profile, decision, body)
    return reply(request, decision_out(db, decision, versions), status=201, cache=PRIVATE)


def _out(db: Session, endorsed: Endorsed) -> EndorsementOut:
    decision = endorsed.decision
    return EndorsementOut(
        level=endorsed.level,
        versions=list(endorsed.versions),
        note=endorsed.note,
        recorded=list(endorsed.recorded),
        waits_for=list(endorsed.waits_for),
        decision=decision_out(db, decision, []) if decision is not None else None,
    )
