"""Remarks on proposals."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app import policy
from app.accounts.actor import Actor
from app.db import now
from app.entries.parts import element_of
from app.errors import InvalidInput, NotPermitted
from app.history import operations as history
from app.history.operations import Happening
from app.proposals.discussion.schemas import NewComment
from app.proposals.discussion.tables import Comment
from app.proposals.dossier import Dossier


def remark(db: Session, actor: Actor, dossier: Dossier, body: NewComment) -> Comment:
    """Say something of the current text, or answer somebody. Raises NotPermitted, InvalidInput."""
    if actor.account_id is None or not policy.may_discuss(actor, dossier.work):
        raise NotPermitted(action="comment")
    _check_element(dossier, body.element)
    if body.parent is not None:
        parent = db.get(Comment, body.parent)
        if parent is None or parent.proposal_id != dossier.id:
            raise InvalidInput(field="parent", reason="no_such_comment", value=body.parent)
    elif body.settles:
        raise InvalidInput(field="settles", reason="settles_nothing")
    comment = Comment(
        proposal_id=dossier.id,
        revision=dossier.proposal.revision,
        parent_id=body.parent,
        element=body.element,
        language=body.language,
        text=body.text,
        party=actor.party,
        account_id=actor.account_id,
        written_at=now(db),
        settles=body.settles,
    )
    db.add(comment)
    db.flush()
    happening = Happening("proposal.comment", dossier.proposal.number, dossier.proposal.entry_id)
    history.record(db, actor, happening, comment=comment.id, element=body.element)
    return comment


def comments_on(
    db: Session, proposal_id: int, after: int, limit: int, element: str | None = None
) -> Sequence[Comment]:
    """The remarks on a proposal in the order in which they were made; on one field, if asked for."""
    query = asked_remarks(proposal_id, after)
    if element is not None:
        query = query.where(col(Comment.element) == element)
    return db.scalars(query.limit(limit)).all()


def asked_remarks(proposal_id: int, after: int) -> Select[Comment]:
    """The question for the remarks on a proposal, in the order in which they were made."""
    query = select(Comment).where(col(Comment.proposal_id) == proposal_id, col(Comment.id) > after)
    return query.order_by(col(Comment.id))


def _check_element(dossier: Dossier, element: str | None) -> None:
    if element is None:
        return
    try:
        element_of(dossier.content, element)
    except LookupError as error:
        raise InvalidInput(field="element", reason="unknown_element", value=element) from error
