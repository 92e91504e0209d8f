"""Webhooks and the attempts made to deliver to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from app.db import code_column
from app.kept import loose
from app.webhooks.addresses import LONGEST
from app.webhooks.sending import Outcome

_MOVES = loose("it moves with each attempt, which is noted in a row of its own")


class Webhook(SQLModel, table=True):
    """An address that is told of events, and how far in the audit log it has come."""

    __table_args__: Any = (
        CheckConstraint("(secret IS NULL) = (removed_at IS NOT NULL)", name="secret_until_removed"),
    )

    id: int | None = Field(default=None, primary_key=True)
    url: str = Field(max_length=LONGEST)
    kinds: list[str] = Field(sa_type=JSON)
    party: str | None = Field(default=None, foreign_key="party.code", max_length=31)
    """The party for which it listens; None for the public."""
    secret: str | None = Field(default=None, max_length=100, repr=False)
    """Kept as it is, since signing needs it; never shown again after it was made."""
    account_id: int = Field(foreign_key="account.id")
    created_at: datetime
    cursor: int = Field(sa_column_kwargs={"info": _MOVES})
    """The sequence number of the last event that it was told of or that does not concern it."""
    attempts: int = Field(default=0, sa_column_kwargs={"info": _MOVES})
    """How often the next message was tried."""
    next_attempt_at: datetime | None = Field(default=None, sa_column_kwargs={"info": _MOVES})
    failing_since: datetime | None = Field(default=None, sa_column_kwargs={"info": _MOVES})
    disabled_at: datetime | None = None
    claim: str | None = Field(default=None, max_length=32, sa_column_kwargs={"info": _MOVES})
    """A random word of the worker that is delivering, which has the webhook for itself until `claimed_until`."""
    claimed_until: datetime | None = Field(default=None, sa_column_kwargs={"info": _MOVES})
    removed_at: datetime | None = None


class WebhookDelivery(SQLModel, table=True):
    """One attempt to deliver one message."""

    __tablename__ = "webhook_delivery"
    __table_args__: Any = (Index("ix_webhook_delivery_webhook_id_id", "webhook_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    webhook_id: int = Field(foreign_key="webhook.id")
    seq: int
    kind: str = Field(max_length=64)
    attempt: int
    at: datetime
    outcome: Outcome = Field(sa_type=code_column(Outcome, "outcome"))
    status: int | None = None
    """The status of the receiver's answer."""
    body: str = Field(sa_type=Text)
    """What was sent."""
