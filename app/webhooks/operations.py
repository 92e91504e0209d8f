"""Registering webhooks, reading of them, enabling and removing them."""

from collections.abc import Sequence

from sqlalchemy import desc, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor
from app.accounts.tables import Party
from app.db import now
from app.errors import InvalidInput, NotFound, NotPermitted, UnknownParty
from app.history import operations as history
from app.history.operations import Happening
from app.history.tables import AuditEvent
from app.policy import may_keep_webhooks
from app.webhooks.addresses import checked_target
from app.webhooks.schemas import NewWebhook
from app.webhooks.signing import new_secret
from app.webhooks.tables import Webhook, WebhookDelivery

MOST = 50
"""Webhooks at a time: each costs a request for each event."""


def register(db: Session, actor: Actor, wanted: NewWebhook, *, allow_internal: bool) -> tuple[Webhook, str]:
    """A webhook, and its secret for this one time. Raises NotPermitted, InvalidInput, UnknownParty."""
    _check(actor)
    target = checked_target(wanted.url, allow_internal=allow_internal)
    if wanted.party is not None and db.get(Party, wanted.party) is None:
        raise UnknownParty(field="party", party=wanted.party)
    present = select(func.count()).select_from(Webhook).where(col(Webhook.removed_at).is_(None))
    if db.scalars(present).one() >= MOST:
        raise InvalidInput(reason="too_many_webhooks", limit=MOST)
    latest, secret = last_event(db), new_secret()
    webhook = Webhook(
        url=wanted.url,
        kinds=[kind.value for kind in wanted.events],
        party=wanted.party,
        secret=secret,
        account_id=_account(actor),
        created_at=now(db),
        cursor=latest if wanted.since is None else min(wanted.since, latest),
    )
    db.add(webhook)
    db.flush()
    # The host alone: the rest of an address may be a secret of its receiver.
    history.record(db, actor, Happening("webhook.register"), webhook=webhook.id, host=target.host)
    return webhook, secret


def webhooks_after(db: Session, actor: Actor, after: int, limit: int) -> Sequence[Webhook]:
    """The webhooks by id, from the one after `after`. Raises NotPermitted."""
    _check(actor)
    query = select(Webhook).where(col(Webhook.removed_at).is_(None), col(Webhook.id) > after)
    return db.scalars(query.order_by(col(Webhook.id)).limit(limit)).all()


def webhook_of(db: Session, actor: Actor, webhook_id: int) -> Webhook:
    """One webhook. Raises NotPermitted, NotFound."""
    _check(actor)
    webhook = db.get(Webhook, webhook_id)
    if webhook is None or webhook.removed_at is not None:
        raise NotFound(what="webhook", ref=str(webhook_id))
    return webhook


def deliveries_of(db: Session, webhook: Webhook, before: int | None, limit: int) -> Sequence[WebhookDelivery]:
    """The attempts for a webhook, newest first, from the one before an id."""
    query = select(WebhookDelivery).where(col(WebhookDelivery.webhook_id) == webhook.id)
    if before is not None:
        query = query.where(col(WebhookDelivery.id) < before)
    return db.scalars(query.order_by(desc(col(WebhookDelivery.id))).limit(limit)).all()


def enable(db: Session, actor: Actor, webhook_id: int) -> Webhook:
    """Try again at once, from the event that could not be delivered. Raises NotPermitted, NotFound."""
    webhook = webhook_of(db, actor, webhook_id)
    webhook.disabled_at = webhook.failing_since = webhook.next_attempt_at = None
    webhook.attempts = 0
    db.flush()
    history.record(db, actor, Happening("webhook.enable"), webhook=webhook.id)
    return webhook


def remove(db: Session, actor: Actor, webhook_id: int) -> Webhook:
    """Tell it nothing any more and forget its secret; its deliveries are kept. Raises NotPermitted, NotFound."""
    webhook = webhook_of(db, actor, webhook_id)
    webhook.removed_at, webhook.secret, webhook.claim = now(db), None, None
    db.flush()
    history.record(db, actor, Happening("webhook.remove"), webhook=webhook.id)
    return webhook


def last_event(db: Session) -> int:
    """The sequence number of the last event in the log; 0 if there is none."""
    return db.scalars(select(func.coalesce(func.max(col(AuditEvent.seq)), 0))).one()


def _check(actor: Actor) -> None:
    if not may_keep_webhooks(actor):
        raise NotPermitted(action="webhooks")


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise RuntimeError("an actor who may keep webhooks has an account")
    return actor.account_id
