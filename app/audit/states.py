"""The states that are stored against those to which the log leads."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from app.entries.tables import Entry
from app.history.breaches import Breach, BreachCode
from app.history.operations import event_fields
from app.history.replay import EntryState, ProposalState, States, replay
from app.history.rows import Stored, key_text, pages_of
from app.history.tables import EVENTS
from app.proposals.tables import Proposal


def state_breaches(db: Session) -> Iterator[Breach]:
    """The proposals and entries that are not as the log leaves them, and the events that leap."""
    leaps: list[Mapping[str, Any]] = []
    states = replay(events_of_log(db), leaps.append)
    for event in leaps:
        key = key_text((event["seq"],))
        yield Breach(BreachCode.LEAP, EVENTS.name, key, {"state": event["detail"].get("from")})
    yield from _breaches(db, Proposal, states)
    yield from _breaches(db, Entry, states)


def events_of_log(db: Session) -> Iterator[dict[str, Any]]:
    """The events as `replay` takes them; those that cannot be read are left out."""
    for page in pages_of(db, EVENTS):
        for stored in page:
            if stored.values is None:
                continue
            fields = event_fields(stored.values)
            try:
                detail = json.loads(fields["detail"])
            except ValueError:
                continue
            if isinstance(detail, dict):
                yield {**fields, "detail": detail}


def _breaches(db: Session, made_by: type[SQLModel], states: States) -> Iterator[Breach]:
    table: Table = SQLModel.metadata.tables[str(made_by.__tablename__)]
    for page in pages_of(db, table):
        for stored in page:
            if stored.values is None:
                continue
            is_, should = _compared(stored, states, made_by)
            if is_ != should:
                yield Breach(
                    BreachCode.STATE, table.name, stored.key, {"stored": _said(is_), "recorded": _said(should)}
                )


def _compared(
    stored: Stored, states: States, made_by: type[SQLModel]
) -> tuple[ProposalState | EntryState, ProposalState | EntryState]:
    """What a row says, and what the log says of it."""
    row = stored.values or {}
    if made_by is Proposal:
        return (
            ProposalState(row["state"].value, row["revision"]),
            states.proposals.get(row["number"], replace(ProposalState(), revision=0)),
        )
    return EntryState(row["status"].value, row["current_version"]), states.entries.get(row["id"], EntryState())


def _said(state: ProposalState | EntryState) -> str:
    """`in_review, 3`, or a dash for what is not there."""
    return ", ".join(str(value) if value is not None else "–" for value in vars(state).values())
