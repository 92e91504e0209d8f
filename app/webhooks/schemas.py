"""Webhooks as the API takes and shows them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.profile import PartyCode
from app.webhooks.addresses import LONGEST
from app.webhooks.messages import Kind
from app.webhooks.sending import Outcome


def _each_once(kinds: list[Kind]) -> list[Kind]:
    if len(set(kinds)) != len(kinds):
        raise PydanticCustomError("repeated_value", "{field} names the same thing twice", {"field": "events"})
    return kinds


class NewWebhook(BaseModel):
    """An address that is to be told of events."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)] = Field(
        description="An https address, without user, password and fragment.",
        examples=["https://terms.example.org/hooks/compendium"],
    )
    events: Annotated[list[Kind], Field(min_length=1, max_length=50), AfterValidator(_each_once)] = Field(
        default=list(Kind), description="What it is told of; everything that this release can tell if absent."
    )
    party: PartyCode | None = Field(default=None, description="The party for which it listens; null for none.")
    since: Annotated[int, Field(ge=0, le=2_000_000_000)] | None = Field(
        default=None,
        description="The sequence number in `/v1/changes` after which it begins; the last one so far if absent.",
    )


class WebhookState(StrEnum):
    ACTIVE = "active"
    FAILING = "failing"
    """The last attempt failed; it is tried again at `next_attempt`."""
    DISABLED = "disabled"
    """It failed for too long, or said that it is gone; nothing is sent until it is enabled."""


class WebhookOut(BaseModel):
    id: int
    uri: str
    url: str
    events: list[Kind]
    party: str | None
    created: datetime
    state: WebhookState
    told_up_to: int = Field(description="The sequence number of the last event that it knows or need not know.")
    failing_since: datetime | None
    next_attempt: datetime | None = Field(description="Null while nothing has failed.")


class RegisteredWebhook(WebhookOut):
    secret: str = Field(description="For checking the signatures. Shown this one time.")


class WebhookPage(BaseModel):
    items: list[WebhookOut]
    next: str | None


class DeliveryOut(BaseModel):
    """One attempt."""

    id: int
    at: datetime
    message: str = Field(description="The `webhook-id`, the same for all attempts.", examples=["event-17"])
    event: str = Field(examples=["entry.adopted"])
    seq: int = Field(description="Of the event in the log.")
    attempt: int = Field(description="1 for the first.")
    outcome: Outcome
    status: int | None = Field(description="The status of the receiver's answer, if there was one.")
    body: str = Field(description="What was sent.")


class DeliveryPage(BaseModel):
    items: list[DeliveryOut]
    next: str | None
