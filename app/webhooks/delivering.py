"""Delivering what is due, from where each webhook has come in the audit log.

Each webhook gets its messages in the order of the log, one at a time: a message that fails is tried again
before the next one, at growing intervals, and after DISABLED_AFTER without success the webhook is disabled.
Its place in the log is kept, so nothing is lost, whatever is stopped when. A worker that stops between
sending and writing that down makes the next one send again: receivers tell a repetition by its `webhook-id`.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import ANONYMOUS
from app.db import Database, now
from app.history import operations as history
from app.history.operations import Happening
from app.settings import Settings
from app.webhooks.messages import Kind, Message, next_message
from app.webhooks.operations import last_event
from app.webhooks.sending import Answer, Outcome, send
from app.webhooks.signing import signed_headers
from app.webhooks.tables import Webhook, WebhookDelivery

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
DISABLED_AFTER = timedelta(days=5)
KEPT_FOR = timedelta(days=90)
"""How long the log of deliveries goes back."""
CLAIMED_FOR = timedelta(minutes=2)
"""Longer than one attempt can take, the asking for the name included."""
IN_A_ROW = 100
"""Messages to one webhook before the next one has its turn."""

_GONE = 410


@dataclass(frozen=True)
class _Task:
    """A message that this worker is to deliver."""

    url: str
    secret: str
    message: Message
    at: datetime


def deliver_due(database: Database, settings: Settings, go_on: Callable[[], bool] = lambda: True) -> int:
    """Make the attempts that are due; how many were made. Any number of workers may do so at once.

    Raises DatabaseBusy, NotReady; what was delivered until then is kept.
    """
    with database.read() as db:
        due = _due(db)
    made = 0
    for webhook_id in due:
        if go_on():
            made += _deliver(database, settings, webhook_id, go_on)
    return made


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts in a row that failed."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 20)), LONGEST_PAUSE)


def _due(db: Session) -> Sequence[int | None]:
    query = select(col(Webhook.id)).where(*_is_due(now(db)), col(Webhook.cursor) < last_event(db))
    return db.scalars(query.order_by(col(Webhook.id))).all()


def _is_due(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Webhook.removed_at).is_(None),
        col(Webhook.disabled_at).is_(None),
        or_(col(Webhook.next_attempt_at).is_(None), col(Webhook.next_attempt_at) <= moment),
        or_(col(Webhook.claimed_until).is_(None), col(Webhook.claimed_until) <= moment),
    )


def _deliver(database: Database, settings: Settings, webhook_id: int | None, go_on: Callable[[], bool]) -> int:
    """Deliver to one webhook until it knows everything, fails, or has had its turn."""
    claim = secrets.token_hex(8)
    with database.write() as db:
        # Writers take turns, so of two workers the second one finds the claim of the first.
        webhook = db.scalars(select(Webhook).where(col(Webhook.id) == webhook_id, *_is_due(now(db)))).one_or_none()
        task = _claimed(db, webhook, claim, settings) if webhook is not None else None
    made = 0
    while task is not None:
        answer = _sent(task, settings)
        made += 1
        with database.write() as db:
            webhook = db.scalars(
                select(Webhook).where(col(Webhook.id) == webhook_id, col(Webhook.claim) == claim)
            ).one_or_none()
            if webhook is None:
                return made  # removed, or taken over by another worker, which sends it again
            _note(db, webhook, task, answer)
            if answer.outcome is Outcome.DELIVERED and made < IN_A_ROW and go_on():
                task = _claimed(db, webhook, claim, settings)
            else:
                _release(webhook)
                task = None
    return made


def _claimed(db: Session, webhook: Webhook, claim: str, settings: Settings) -> _Task | None:
    """The next message for a webhook, which is this worker's from now on; None if it knows everything."""
    wanted = frozenset(Kind(kind) for kind in webhook.kinds)
    message = next_message(db, webhook.cursor, wanted, webhook.party, settings.public_url)
    if message is None or webhook.secret is None:
        webhook.cursor = last_event(db)
        _release(webhook)
        return None
    webhook.claim, webhook.claimed_until = claim, now(db) + CLAIMED_FOR
    return _Task(webhook.url, webhook.secret, message, now(db))


def _release(webhook: Webhook) -> None:
    webhook.claim = webhook.claimed_until = None


def _sent(task: _Task, settings: Settings) -> Answer:
    body = task.message.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "compendium-webhooks",
        **signed_headers(task.secret, task.message.id, task.at, body),
    }
    return send(task.url, headers, body, allow_internal=settings.webhook_allow_internal)


def _note(db: Session, webhook: Webhook, task: _Task, answer: Answer) -> None:
    """Write down what came of an attempt, and when the next one is due."""
    moment = now(db)
    webhook.attempts += 1
    db.add(
        WebhookDelivery(
            webhook_id=webhook.id or 0,
            seq=task.message.seq,
            kind=task.message.kind.value,
            attempt=webhook.attempts,
            at=moment,
            outcome=answer.outcome,
            status=answer.status,
            body=task.message.body,
        )
    )
    old = (col(WebhookDelivery.webhook_id) == webhook.id, col(WebhookDelivery.at) < moment - KEPT_FOR)
    db.execute(delete(WebhookDelivery).where(*old))
    if answer.outcome is Outcome.DELIVERED:
        webhook.cursor = task.message.seq
        webhook.attempts = 0
        webhook.next_attempt_at = webhook.failing_since = None
        return
    webhook.next_attempt_at = moment + pause_after(webhook.attempts)
    webhook.failing_since = webhook.failing_since or moment
    if answer.status == _GONE or moment - webhook.failing_since >= DISABLED_AFTER:
        webhook.disabled_at = moment
        history.record(db, ANONYMOUS, Happening("webhook.disable"), webhook=webhook.id)
