"""Remarks on proposals over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.accounts.deps import CurrentActor
from app.errors import BadToken, InvalidInput, NotFound, NotPermitted, SignInNeeded
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppProfile, ReadDb, WriteDb
from app.http.etags import PRIVATE, reply
from app.http.paging import next_link
from app.http.params import Cursor, Limit
from app.http.problems import problems
from app.proposals.discussion.operations import comments_on, remark
from app.proposals.discussion.schemas import CommentOut, CommentPage, NewComment
from app.proposals.discussion.tables import Comment
from app.proposals.dossier import dossier_of
from app.proposals.inputs import Element
from app.proposals.routes import ProposalRef

router = APIRouter(prefix="/v1/proposals", tags=["agreement"])


@router.get(
    "/{ref}/comments",
    response_model=CommentPage,
    responses=problems(SignInNeeded, BadToken, NotFound, InvalidInput),
    summary="What is said about a proposal",
)
def list_comments(
    request: Request,
    actor: CurrentActor,
    db: ReadDb,
    profile: AppProfile,
    ref: ProposalRef,
    element: Annotated[Element | None, Query(description="Only remarks on this field.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Remarks and answers in the order in which they were made; `parent` makes the threads."""
    dossier = dossier_of(db, actor, ref, profile)
    question = ("comments", actor.account_id, dossier.id, element)
    after = int(decode_cursor(cursor, (int,), *question)[0]) if cursor else 0
    found = comments_on(db, dossier.id, after, limit + 1, element)
    following = encode_cursor([found[limit - 1].id or 0], *question) if len(found) > limit else None
    items = [_out(comment, dossier.proposal.number) for comment in found[:limit]]
    page = CommentPage(items=items, next=following)
    return reply(request, page, cache=PRIVATE, headers=next_link(request, following))


@router.post(
    "/{ref}/comments",
    status_code=201,
    response_model=CommentOut,
    responses=problems(SignInNeeded, BadToken, NotPermitted, NotFound, InvalidInput),
    summary="Remark on a proposal",
)
def comment(
    request: Request, ref: ProposalRef, body: NewComment, actor: CurrentActor, db: WriteDb, profile: AppProfile
) -> Response:
    """On the whole text or on one of its fields, or in answer to another remark."""
    dossier = dossier_of(db, actor, ref, profile)
    made = remark(db, actor, dossier, body)
    return reply(request, _out(made, dossier.proposal.number), status=201, cache=PRIVATE)


def _out(comment: Comment, proposal: str) -> CommentOut:
    return CommentOut(
        id=comment.id or 0,
        proposal=proposal,
        revision=comment.revision,
        parent=comment.parent_id,
        element=comment.element,
        language=comment.language,  # type: ignore[arg-type]
        text=comment.text,
        party=comment.party,
        settles=comment.settles,
        written=comment.written_at,
    )
