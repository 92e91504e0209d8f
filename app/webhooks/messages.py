"""What webhooks are told: kinds of messages, and the events of the audit log that they come from.

A new kind is a member of `Kind`, and a source that knows its events; see `PublicChanges`.
"""

import json
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.canonical import encode
from app.entries.changes import change_out
from app.history.tables import AuditEvent, EntryChange


class Kind(StrEnum):
    """What a webhook can be told of."""

    ENTRY_PROPOSED = "entry.proposed"
    ENTRY_REVISED = "entry.revised"
    ENTRY_ADOPTED = "entry.adopted"
    ENTRY_WITHDRAWN = "entry.withdrawn"
    ENTRY_SUPERSEDED = "entry.superseded"
    ENTRY_DIVERGED = "entry.diverged"
    ENTRY_ANNOTATED = "entry.annotated"
    ENTRY_ENDORSED = "entry.endorsed"
    SILENCE_OPENED = "silence.opened"
    SILENCE_EXTENDED = "silence.extended"
    SILENCE_REMINDER = "silence.reminder"
    SILENCE_BROKEN = "silence.broken"
    PROPOSAL_REMINDER = "proposal.reminder"


@dataclass(frozen=True)
class Message:
    """One event, as receivers are told of it."""

    seq: int
    kind: Kind
    at: datetime
    data: dict[str, Any]

    @property
    def id(self) -> str:
        return message_id(self.seq)

    @property
    def body(self) -> str:
        """JSON in the shape that Standard Webhooks recommends."""
        at = self.at.isoformat().replace("+00:00", "Z")
        return encode({"type": self.kind.value, "timestamp": at, "data": self.data})


class Source(Protocol):
    """Makes messages of events. An event makes at most one, whatever the source."""

    kinds: frozenset[Kind]

    def next_message(
        self, db: Session, after: int, wanted: Set[Kind], party: str | None, public_url: str
    ) -> Message | None:
        """The first message of a wanted kind after an event, of what this party (or the public) may see."""


class PublicChanges:
    """What everybody may read: changes of public entries, in the words of `/v1/changes`."""

    kinds = frozenset(Kind(f"entry.{change.value}") for change in EntryChange)

    def next_message(
        self, db: Session, after: int, wanted: Set[Kind], party: str | None, public_url: str
    ) -> Message | None:
        del party  # these are for everybody
        changes = [change for change in EntryChange if _kind_of(change) in wanted]
        event = db.scalars(
            select(AuditEvent)
            .where(col(AuditEvent.seq) > after, col(AuditEvent.change).in_(changes))
            .order_by(col(AuditEvent.seq))
            .limit(1)
        ).one_or_none()
        if event is None:
            return None
        data = change_out(event, public_url)
        return Message(event.seq, _kind_of(data.change), event.at, data.model_dump(mode="json"))


class SilenceNotices:
    """What the parties are told of silence procedures, each the same at the same event; nobody else is told."""

    _ACTIONS: ClassVar[dict[str, Kind]] = {
        "silence.open": Kind.SILENCE_OPENED,
        "silence.extend": Kind.SILENCE_EXTENDED,
        "silence.remind": Kind.SILENCE_REMINDER,
        "proposal.break": Kind.SILENCE_BROKEN,
    }
    kinds = frozenset(_ACTIONS.values())

    def next_message(
        self, db: Session, after: int, wanted: Set[Kind], party: str | None, public_url: str
    ) -> Message | None:
        if party is None:
            return None
        actions = [action for action, kind in self._ACTIONS.items() if kind in wanted]
        event = db.scalars(
            select(AuditEvent)
            .where(col(AuditEvent.seq) > after, col(AuditEvent.action).in_(actions))
            .order_by(col(AuditEvent.seq))
            .limit(1)
        ).one_or_none()
        if event is None:
            return None
        detail = json.loads(event.detail)
        told = {key: detail[key] for key in ("silence", "period", "kind", "expires", "proposals") if key in detail}
        data = told | {"seq": event.seq, "at": event.at.isoformat().replace("+00:00", "Z")}
        if event.proposal is not None:
            data |= {"proposal": event.proposal, "uri": f"{public_url}/v1/proposals/{event.proposal}"}
        else:
            data["uri"] = f"{public_url}/v1/silences/{detail['silence']}"
        return Message(event.seq, self._ACTIONS[event.action], event.at, data)


class IdleReminders:
    """What a party is told of its own proposals that nobody goes on with; nobody else is told."""

    kinds = frozenset({Kind.PROPOSAL_REMINDER})

    def next_message(
        self, db: Session, after: int, wanted: Set[Kind], party: str | None, public_url: str
    ) -> Message | None:
        del wanted  # there is one kind only
        if party is None:
            return None
        query = select(AuditEvent).where(col(AuditEvent.seq) > after, col(AuditEvent.action) == "proposal.remind")
        for event in db.scalars(query.order_by(col(AuditEvent.seq))):
            detail = json.loads(event.detail)
            if detail.get("party") == party:
                data = {
                    "seq": event.seq,
                    "at": event.at.isoformat().replace("+00:00", "Z"),
                    "proposal": event.proposal,
                    "lapses": detail["lapses"],
                    "uri": f"{public_url}/v1/proposals/{event.proposal}",
                }
                return Message(event.seq, Kind.PROPOSAL_REMINDER, event.at, data)
        return None


SOURCES: tuple[Source, ...] = (PublicChanges(), SilenceNotices(), IdleReminders())


def next_message(db: Session, after: int, wanted: Set[Kind], party: str | None, public_url: str) -> Message | None:
    """The first message after an event of the log that a webhook is to be told of."""
    found = [
        message
        for source in SOURCES
        if source.kinds & wanted
        and (message := source.next_message(db, after, source.kinds & wanted, party, public_url)) is not None
    ]
    return min(found, key=lambda message: message.seq, default=None)


def message_id(seq: int) -> str:
    """The name of a message, the same for every attempt, so that a receiver can tell a repetition."""
    return f"event-{seq}"


def _kind_of(change: EntryChange) -> Kind:
    return Kind(f"entry.{change.value}")
