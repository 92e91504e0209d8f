"""The record over HTTP, for those who verify it."""

from fastapi import APIRouter, Request, Response

from app import policy
from app.accounts.actor import Actor
from app.accounts.deps import CurrentActor
from app.audit.exporting import events_after, export_of
from app.audit.schemas import AuditExport, AuditPage
from app.errors import BadToken, InvalidInput, NotFound, NotPermitted, SignInNeeded
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppProfile, ReadDb
from app.http.etags import PRIVATE, reply
from app.http.paging import next_link
from app.http.params import Cursor, Limit
from app.http.problems import problems
from app.proposals.dossier import dossier_of
from app.proposals.routes import ProposalRef

router = APIRouter(prefix="/v1", tags=["audit"])


@router.get(
    "/audit",
    response_model=AuditPage,
    responses=problems(SignInNeeded, BadToken, NotPermitted, InvalidInput),
    summary="The log",
)
def list_audit_events(
    request: Request, actor: CurrentActor, db: ReadDb, limit: Limit = 100, cursor: Cursor = None
) -> Response:
    """Every event since the first, in the order of the chain; for auditors and the secretariat.

    Each is given as its hash covers it, so that the chain can be re-computed from the pages.
    """
    _require_auditor(actor)
    after = int(decode_cursor(cursor, (int,), "audit")[0]) if cursor else 0
    found = events_after(db, after, limit + 1)
    following = encode_cursor([found[limit - 1].seq], "audit") if len(found) > limit else None
    page = AuditPage(items=found[:limit], next=following)
    return reply(request, page, cache=PRIVATE, headers=next_link(request, following))


@router.get(
    "/proposals/{ref}/audit",
    response_model=AuditExport,
    responses=problems(SignInNeeded, BadToken, NotPermitted, NotFound),
    summary="What the record holds of a proposal",
)
def export_proposal(
    request: Request, actor: CurrentActor, db: ReadDb, profile: AppProfile, ref: ProposalRef
) -> Response:
    """Its events, the digests of its texts, its rows and their seals; for auditors and the secretariat.

    Whoever is handed the file can re-compute every hash in it, up to the head of the seals.
    """
    _require_auditor(actor)
    dossier = dossier_of(db, actor, ref, profile)
    return reply(request, export_of(db, dossier.proposal), cache=PRIVATE)


def _require_auditor(actor: Actor) -> None:
    if not policy.may_audit(actor):
        raise NotPermitted(action="audit")
