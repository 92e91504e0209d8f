"""Reservations, interpretative statements and national usage notes on adopted texts."""

from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from app import policy
from app.accounts.actor import Actor
from app.db import now
from app.entries.canonical import content_from
from app.entries.numbers import entry_number
from app.entries.parts import element_of
from app.entries.statement_schemas import NewStatement
from app.entries.statement_tables import ParallelText, Statement
from app.entries.tables import Decision, Entry
from app.errors import InvalidInput, NotAmendable, NotFound, NotPermitted
from app.history import operations as history
from app.history.operations import Happening
from app.history.tables import EntryChange


def make_statement(db: Session, actor: Actor, entry: Entry, body: NewStatement) -> Statement:
    """Make a statement for a party on the current version of an entry, or carry an earlier one over to it.

    Raises NotPermitted, NotAmendable, InvalidInput.
    """
    if actor.account_id is None or actor.party is None or not policy.may_state(actor):
        raise NotPermitted(action="statement")
    if entry.current_version is None or entry.content is None:
        raise NotAmendable(field="entry", ref=entry_number(entry.id), status=entry.status.value)
    _check_element(entry, body.element)
    statement = Statement(
        entry_id=entry.id,
        version=entry.current_version,
        kind=body.kind,
        party=actor.party,
        element=body.element,
        language=body.language,
        text=body.text,
        translations={str(code): text for code, text in body.translations.items()},
        alternative=body.alternative,
        reconfirms=_reconfirmed(db, actor.party, entry, body.reconfirms),
        account_id=actor.account_id,
        made_at=now(db),
    )
    db.add(statement)
    _annotate(db, actor, entry, "entry.state", statement)
    return statement


def withdraw_statement(db: Session, actor: Actor, entry: Entry, number: int) -> Statement:
    """Take a statement back, as the party that made it. Raises NotFound, NotPermitted, InvalidInput."""
    statement = db.get(Statement, number)
    if statement is None or statement.entry_id != entry.id:
        raise NotFound(what="statement", ref=str(number))
    if not policy.may_state(actor, statement.party):
        raise NotPermitted(action="statement.withdraw")
    if statement.withdrawn_at is not None:
        raise InvalidInput(field="statement", reason="already_withdrawn")
    statement.withdrawn_at = now(db)
    _annotate(db, actor, entry, "entry.withdraw-statement", statement)
    return statement


def statements_on(db: Session, entries: Sequence[Entry]) -> dict[int, list[Statement]]:
    """The statements that stand on the current versions, by entry, in the order in which they were made."""
    current = [(entry.id, entry.current_version) for entry in entries if entry.current_version is not None]
    found: dict[int, list[Statement]] = {}
    if not current:
        return found
    query = select(Statement).where(
        tuple_(col(Statement.entry_id), col(Statement.version)).in_(current),
        col(Statement.withdrawn_at).is_(None),
    )
    for statement in db.scalars(query.order_by(col(Statement.entry_id), col(Statement.id))):
        found.setdefault(statement.entry_id, []).append(statement)
    return found


def statements_of(db: Session, entry_id: int, version: int | None = None) -> Sequence[Statement]:
    """All statements ever made on an entry, those withdrawn included; only on one version, if asked for."""
    query = select(Statement).where(col(Statement.entry_id) == entry_id)
    if version is not None:
        query = query.where(col(Statement.version) == version)
    return db.scalars(query.order_by(col(Statement.id))).all()


def parallel_texts_of(db: Session, entries: Sequence[Entry]) -> dict[int, list[tuple[ParallelText, Decision]]]:
    """The parallel texts of entries on which the sides differ, by entry, in the order of the sides."""
    ids = [entry.id for entry in entries if entry.diverged]
    found: dict[int, list[tuple[ParallelText, Decision]]] = {}
    if not ids:
        return found
    query = (
        select(ParallelText, Decision)
        .join(Decision, col(Decision.id) == col(ParallelText.decision_id))
        .where(col(ParallelText.entry_id).in_(ids))
        .order_by(col(ParallelText.entry_id), col(ParallelText.decision_id), col(ParallelText.side))
    )
    for text, decision in db.execute(query):
        found.setdefault(text.entry_id, []).append((text, decision))
    return found


def _check_element(entry: Entry, element: str) -> None:
    try:
        element_of(content_from(entry.content or ""), element)
    except LookupError as error:
        raise InvalidInput(field="element", reason="unknown_element", value=element) from error


def _reconfirmed(db: Session, party: str, entry: Entry, number: int | None) -> int | None:
    """The statement of the same party on an earlier version that is carried over. Raises InvalidInput."""
    if number is None:
        return None
    earlier = db.get(Statement, number)
    is_theirs = earlier is not None and (earlier.entry_id, earlier.party) == (entry.id, party)
    if earlier is None or not is_theirs or earlier.version == entry.current_version or earlier.withdrawn_at:
        raise InvalidInput(field="reconfirms", reason="nothing_to_reconfirm", value=number)
    return number


def _annotate(db: Session, actor: Actor, entry: Entry, action: str, statement: Statement) -> None:
    entry.updated_at = now(db)
    db.flush()
    happening = Happening(
        action, entry_id=entry.id, change=EntryChange.ANNOTATED, before=entry.digest, after=entry.digest
    )
    history.record(db, actor, happening, statement=statement.id, on_version=statement.version)
