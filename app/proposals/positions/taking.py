"""Positions: taken on a text or a part of it, and void when a revision changes what they are about."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.db import now
from app.entries.content import EntryContent
from app.entries.parts import element_digest
from app.entries.statement_tables import Statement
from app.entries.tables import Decision, Entry
from app.errors import InvalidInput
from app.proposals.causes import Cause
from app.proposals.dossier import Dossier
from app.proposals.inputs import EventInput, ObjectionInput, StatementInput
from app.proposals.positions.tables import Position, PositionKind
from app.proposals.tables import Proposal
from app.proposals.workflow import Event

_KINDS = {
    Event.CONCUR: PositionKind.CONCUR,
    Event.ABSTAIN: PositionKind.ABSTAIN,
    Event.OBJECT: PositionKind.OBJECT,
    Event.BREAK: PositionKind.OBJECT,
    Event.REFUSE: PositionKind.OBJECT,
    Event.RESERVE: PositionKind.RESERVE,
}


def take(db: Session, dossier: Dossier, cause: Cause) -> None:
    """Keep what a party says of the current text. Raises InvalidInput if it names a field that is not there."""
    party, account = cause.actor.party, cause.actor.account_id
    if party is None or account is None:
        raise RuntimeError("a position is taken by an account of a party")
    kind, field, element = _about(cause.event, cause.body)
    position = Position(
        proposal_id=dossier.id,
        revision=dossier.proposal.revision,
        element=element,
        digest=_digest(dossier.content, element, field),
        party=party,
        account_id=account,
        kind=kind,
        given_at=now(db),
        reason=cause.body.reason,
    )
    if kind is PositionKind.OBJECT and cause.body.objection is not None:
        _say_why(position, cause.body.objection)
        position.broke_silence = cause.event is not Event.OBJECT
    if kind is PositionKind.RESERVE and cause.body.statement is not None:
        _state(position, cause.body.statement)
    else:
        _replace(db, dossier, position)
    db.add(position)
    db.flush()


def lift_objections(db: Session, dossier: Dossier, party: str | None) -> None:
    """End the objections of a party that has withdrawn them."""
    for position in dossier.positions:
        if position.kind is PositionKind.OBJECT and position.party == party:
            position.withdrawn_at = now(db)
    db.flush()


def void_positions(db: Session, proposal: Proposal, content: EntryContent) -> list[str]:
    """End exactly the positions on what the new revision has changed; as party and element."""
    standing = select(Position).where(
        col(Position.proposal_id) == proposal.id,
        col(Position.voided_by).is_(None),
        col(Position.withdrawn_at).is_(None),
    )
    changed = [p for p in db.scalars(standing) if _digest_or_none(content, p.element) != p.digest]
    for position in changed:
        position.voided_by = proposal.revision
    db.flush()
    return sorted(f"{position.party}: {position.element or '*'}" for position in changed)


def attach_reservations(db: Session, dossier: Dossier, entry: Entry, decision: Decision) -> None:
    """Let the reservations and statements that stand travel with the current version of the entry, for ever."""
    if entry.current_version is None:
        raise RuntimeError("what was adopted, or was ended by a decision, has a version")
    for position in dossier.positions:
        if position.kind is not PositionKind.RESERVE or position.statement is None:
            continue
        db.add(
            Statement(
                entry_id=entry.id,
                version=entry.current_version,
                kind=position.statement,
                party=position.party,
                element=position.element,
                language=position.language or "en",
                text=position.text or "",
                translations=position.translations or {},
                alternative=position.alternative,
                decision_id=decision.id,
                account_id=position.account_id,
                made_at=decision.made_at,
            )
        )
    db.flush()


def _about(event: Event, body: EventInput) -> tuple[PositionKind, str, str]:
    """The kind of position, the field of the request that names its element, and the element."""
    kind = _KINDS[event]
    if kind is PositionKind.OBJECT:
        if body.objection is None:
            raise InvalidInput(field="objection", reason="missing")
        return kind, "objection.element", body.objection.element
    if kind is PositionKind.RESERVE and body.statement is not None:
        return kind, "statement.element", body.statement.element
    return kind, "element", body.element


def _say_why(position: Position, objection: ObjectionInput) -> None:
    position.objection = objection.type
    position.language = objection.language
    position.alternative = objection.alternative
    position.cannot_accept_concept = objection.cannot_accept_concept


def _state(position: Position, statement: StatementInput) -> None:
    position.statement = statement.kind
    position.language = statement.language
    position.text = statement.text
    position.translations = {str(code): text for code, text in statement.translations.items()}
    position.alternative = statement.alternative


def _replace(db: Session, dossier: Dossier, position: Position) -> None:
    """A party holds one thing of an element: what it says now stands in place of what it said before.

    What it says of the whole text is said of every element, and who objects to a part cannot hold with the whole.
    """
    objects = position.kind is PositionKind.OBJECT
    for earlier in dossier.positions:
        if earlier.party != position.party or earlier.kind is PositionKind.RESERVE:
            continue
        if earlier.element == position.element or not position.element or (objects and not earlier.element):
            earlier.withdrawn_at = now(db)


def _digest(content: EntryContent, element: str, field: str) -> str:
    digest = _digest_or_none(content, element)
    if digest is None:
        raise InvalidInput(field=field, reason="unknown_element", value=element)
    return digest


def _digest_or_none(content: EntryContent, element: str) -> str | None:
    try:
        return element_digest(content, element)
    except LookupError:
        return None
