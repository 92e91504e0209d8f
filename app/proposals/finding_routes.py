"""What the linter says of a proposed text, and the answers to it, over HTTP."""

from fastapi import APIRouter, Request, Response

from app.accounts.deps import CurrentActor
from app.entries.lint.reading import Stage
from app.errors import (
    BadToken,
    InvalidInput,
    NotFound,
    NotPermitted,
    PreconditionNeeded,
    SignInNeeded,
    StaleVersion,
    TransitionNotAllowed,
)
from app.findings.presenting import findings_out
from app.findings.schemas import FindingList, NewWaiver
from app.http.deps import AppProfile, ReadDb, WriteDb
from app.http.etags import PRIVATE, IfMatch, reply, require_match
from app.http.locale import ReaderLanguage
from app.http.problems import problems
from app.proposals import operations
from app.proposals.dossier import dossier_of
from app.proposals.routes import ProposalRef

router = APIRouter(prefix="/v1/proposals", tags=["agreement"])


@router.get(
    "/{ref}/findings",
    response_model=FindingList,
    responses=problems(SignInNeeded, BadToken, NotFound),
    summary="What the linter says of a proposal",
)
def list_findings(
    request: Request,
    actor: CurrentActor,
    db: ReadDb,
    profile: AppProfile,
    ref: ProposalRef,
    language: ReaderLanguage,
) -> Response:
    """Remarks on the current revision as it would have to be agreed, the gravest first, with the answers given."""
    dossier = dossier_of(db, actor, ref, profile)
    remarks = dossier.remarks(Stage.FINAL)
    return reply(request, findings_out(remarks, language), etag=dossier.etag, cache=PRIVATE)


@router.post(
    "/{ref}/waivers",
    status_code=201,
    response_model=FindingList,
    responses=problems(
        SignInNeeded,
        BadToken,
        NotPermitted,
        NotFound,
        PreconditionNeeded,
        StaleVersion,
        TransitionNotAllowed,
        InvalidInput,
    ),
    summary="Answer a warning",
)
def waive(
    request: Request,
    ref: ProposalRef,
    body: NewWaiver,
    actor: CurrentActor,
    db: WriteDb,
    profile: AppProfile,
    language: ReaderLanguage,
    if_match: IfMatch = None,
) -> Response:
    """Say why a warning does not hold for this text. The answer is signed, and ends with the next revision."""
    dossier = dossier_of(db, actor, ref, profile)
    require_match(if_match, dossier.etag)
    answered = operations.waive(db, actor, dossier, body.check, body.element, body.reason)
    remarks = answered.remarks(Stage.FINAL)
    return reply(request, findings_out(remarks, language), status=201, etag=answered.etag, cache=PRIVATE)
