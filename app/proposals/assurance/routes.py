"""Discrepancies between the texts, over HTTP. Certificates are events of the workflow."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.accounts.deps import CurrentActor
from app.errors import InvalidInput
from app.http.deps import AppProfile, AppSettings, WriteDb
from app.http.etags import PRIVATE, IfMatch, reply, require_match
from app.http.problems import problems
from app.proposals.assurance.discrepancies import log_discrepancy, settle_discrepancy
from app.proposals.assurance.schemas import NewDiscrepancy, Settlement
from app.proposals.dossier import dossier_of
from app.proposals.presenting import proposal_out
from app.proposals.routes import EDIT_ERRORS, ProposalRef
from app.proposals.schemas import ProposalOut

router = APIRouter(prefix="/v1/proposals", tags=["agreement"])


@router.post(
    "/{ref}/discrepancies",
    status_code=201,
    response_model=ProposalOut,
    responses=problems(*EDIT_ERRORS, InvalidInput),
    summary="Note that two of the texts differ",
)
def log(
    request: Request,
    ref: ProposalRef,
    body: NewDiscrepancy,
    actor: CurrentActor,
    db: WriteDb,
    profile: AppProfile,
    settings: AppSettings,
    if_match: IfMatch = None,
) -> Response:
    """A substantive difference keeps the text from being finalised until it is settled."""
    dossier = dossier_of(db, actor, ref, profile)
    require_match(if_match, dossier.etag)
    logged = log_discrepancy(db, actor, dossier, body)
    made = proposal_out(logged, actor, settings.public_url)
    return reply(request, made, status=201, etag=logged.etag, cache=PRIVATE)


@router.post(
    "/{ref}/discrepancies/{discrepancy}/settle",
    response_model=ProposalOut,
    responses=problems(*EDIT_ERRORS, InvalidInput),
    summary="Say how a difference was settled",
)
def settle(
    request: Request,
    ref: ProposalRef,
    discrepancy: Annotated[int, Path(ge=1, le=2_000_000_000)],
    body: Settlement,
    actor: CurrentActor,
    db: WriteDb,
    profile: AppProfile,
    settings: AppSettings,
    if_match: IfMatch = None,
) -> Response:
    """By a revision of a text, or because it was none."""
    dossier = dossier_of(db, actor, ref, profile)
    require_match(if_match, dossier.etag)
    settled = settle_discrepancy(db, actor, dossier, discrepancy, body.resolution)
    return reply(request, proposal_out(settled, actor, settings.public_url), etag=settled.etag, cache=PRIVATE)
