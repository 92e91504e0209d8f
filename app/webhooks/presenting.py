"""Webhooks and their deliveries as the API shows them."""

from app.webhooks.messages import Kind, message_id
from app.webhooks.schemas import DeliveryOut, RegisteredWebhook, WebhookOut, WebhookState
from app.webhooks.tables import Webhook, WebhookDelivery


def webhook_out(webhook: Webhook, public_url: str) -> WebhookOut:
    """A webhook without its secret."""
    number = webhook.id or 0
    return WebhookOut(
        id=number,
        uri=f"{public_url}/v1/webhooks/{number}",
        url=webhook.url,
        events=[Kind(kind) for kind in webhook.kinds],
        party=webhook.party,
        created=webhook.created_at,
        state=_state(webhook),
        told_up_to=webhook.cursor,
        failing_since=webhook.failing_since,
        next_attempt=webhook.next_attempt_at if webhook.disabled_at is None else None,
    )


def registered_out(webhook: Webhook, secret: str, public_url: str) -> RegisteredWebhook:
    """A new webhook with its secret, for this one time."""
    return RegisteredWebhook(**webhook_out(webhook, public_url).model_dump(), secret=secret)


def delivery_out(delivery: WebhookDelivery) -> DeliveryOut:
    return DeliveryOut(
        id=delivery.id or 0,
        at=delivery.at,
        message=message_id(delivery.seq),
        event=delivery.kind,
        seq=delivery.seq,
        attempt=delivery.attempt,
        outcome=delivery.outcome,
        status=delivery.status,
        body=delivery.body,
    )


def _state(webhook: Webhook) -> WebhookState:
    if webhook.disabled_at is not None:
        return WebhookState.DISABLED
    return WebhookState.ACTIVE if webhook.failing_since is None else WebhookState.FAILING
