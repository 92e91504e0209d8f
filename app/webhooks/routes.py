"""Webhooks over HTTP. `actor` stands before `db`, as in the routes of proposals."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.accounts.deps import CurrentActor
from app.errors import BadToken, InvalidInput, NotFound, NotPermitted, SignInNeeded, UnknownParty
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppSettings, ReadDb, WriteDb
from app.http.etags import PRIVATE, reply
from app.http.paging import next_link
from app.http.params import Cursor, Limit
from app.http.problems import problems
from app.webhooks import operations
from app.webhooks.presenting import delivery_out, registered_out, webhook_out
from app.webhooks.schemas import DeliveryPage, NewWebhook, RegisteredWebhook, WebhookOut, WebhookPage

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])

WebhookId = Annotated[int, Path(ge=1, le=2_000_000_000)]
ACCESS_ERRORS = (SignInNeeded, BadToken, NotPermitted)


@router.post(
    "",
    status_code=201,
    response_model=RegisteredWebhook,
    responses=problems(*ACCESS_ERRORS, InvalidInput, UnknownParty),
    summary="Register an address to be told of events",
)
def register(
    request: Request, body: NewWebhook, actor: CurrentActor, db: WriteDb, settings: AppSettings
) -> Response:
    """For the secretariat and administrators. The secret in the answer is never shown again."""
    webhook, secret = operations.register(db, actor, body, allow_internal=settings.webhook_allow_internal)
    made = registered_out(webhook, secret, settings.public_url)
    return reply(request, made, status=201, cache=PRIVATE, headers={"Location": made.uri})


@router.get(
    "",
    response_model=WebhookPage,
    responses=problems(*ACCESS_ERRORS, InvalidInput),
    summary="List the webhooks",
)
def list_webhooks(
    request: Request,
    actor: CurrentActor,
    db: ReadDb,
    settings: AppSettings,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """The webhooks in the order in which they were registered, without their secrets."""
    question = ("webhooks",)
    after = int(decode_cursor(cursor, (int,), *question)[0]) if cursor else 0
    found = operations.webhooks_after(db, actor, after, limit + 1)
    items = [webhook_out(webhook, settings.public_url) for webhook in found[:limit]]
    following = encode_cursor([items[-1].id], *question) if len(found) > limit else None
    page = WebhookPage(items=items, next=following)
    return reply(request, page, cache=PRIVATE, headers=next_link(request, following))


@router.get(
    "/{webhook_id}",
    response_model=WebhookOut,
    responses=problems(*ACCESS_ERRORS, NotFound),
    summary="One webhook",
)
def read_webhook(
    request: Request, webhook_id: WebhookId, actor: CurrentActor, db: ReadDb, settings: AppSettings
) -> Response:
    """How far it has come in the log, and whether it takes what it is sent."""
    found = operations.webhook_of(db, actor, webhook_id)
    return reply(request, webhook_out(found, settings.public_url), cache=PRIVATE)


@router.delete(
    "/{webhook_id}",
    response_model=WebhookOut,
    responses=problems(*ACCESS_ERRORS, NotFound),
    summary="Remove a webhook",
)
def remove(
    request: Request, webhook_id: WebhookId, actor: CurrentActor, db: WriteDb, settings: AppSettings
) -> Response:
    """It is told nothing any more, and its secret is forgotten. Answers with its last state."""
    removed = operations.remove(db, actor, webhook_id)
    return reply(request, webhook_out(removed, settings.public_url), cache=PRIVATE)


@router.post(
    "/{webhook_id}/enable",
    response_model=WebhookOut,
    responses=problems(*ACCESS_ERRORS, NotFound),
    summary="Let a webhook be told again",
)
def enable(
    request: Request, webhook_id: WebhookId, actor: CurrentActor, db: WriteDb, settings: AppSettings
) -> Response:
    """Goes on at once with the event that could not be delivered; none in between is left out."""
    enabled = operations.enable(db, actor, webhook_id)
    return reply(request, webhook_out(enabled, settings.public_url), cache=PRIVATE)


@router.get(
    "/{webhook_id}/deliveries",
    response_model=DeliveryPage,
    responses=problems(*ACCESS_ERRORS, NotFound, InvalidInput),
    summary="What a webhook was sent",
)
def list_deliveries(
    request: Request,
    webhook_id: WebhookId,
    actor: CurrentActor,
    db: ReadDb,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Every attempt of the last 90 days with what came of it, newest first."""
    webhook = operations.webhook_of(db, actor, webhook_id)
    question = ("deliveries", webhook_id)
    before = int(decode_cursor(cursor, (int,), *question)[0]) if cursor else None
    found = operations.deliveries_of(db, webhook, before, limit + 1)
    items = [delivery_out(delivery) for delivery in found[:limit]]
    following = encode_cursor([items[-1].id], *question) if len(found) > limit else None
    page = DeliveryPage(items=items, next=following)
    return reply(request, page, cache=PRIVATE, headers=next_link(request, following))
