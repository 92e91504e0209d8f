"""What the tests of webhooks do over and over."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts import operations as accounts
from app.db import Database
from app.settings import Settings
from app.webhooks import operations
from app.webhooks.delivering import deliver_due
from app.webhooks.messages import Kind
from app.webhooks.schemas import NewWebhook
from app.webhooks.tables import Webhook, WebhookDelivery
from tests.makers import make_entry


@dataclass
class Deliveries:
    """A database and the webhooks in it."""

    database: Database
    settings: Settings

    def register(self, url: str, *events: Kind, since: int | None = None) -> tuple[int, str]:
        """A webhook and its secret."""
        wanted = NewWebhook(url=url, events=list(events) or list(Kind), since=since)
        with self.database.write() as db:
            webhook, secret = operations.register(db, accounts.secretariat(db), wanted, allow_internal=True)
        assert webhook.id is not None
        return webhook.id, secret

    def deliver(self) -> int:
        return deliver_due(self.database, self.settings)

    def adopt(self, *numbers: int) -> list[int]:
        """Agreed entries of these numbers; the sequence numbers of their events."""
        seqs = []
        for number in numbers:
            with self.database.write() as db:
                make_entry(db, number=number)
                seqs.append(operations.last_event(db))
        return seqs

    def webhook(self, webhook_id: int) -> Webhook:
        with self.database.read() as db:
            found = db.get(Webhook, webhook_id)
        assert found is not None
        return found

    def log(self, webhook_id: int) -> Sequence[WebhookDelivery]:
        """The attempts for a webhook, oldest first."""
        with self.database.read() as db:
            return operations.deliveries_of(db, self.webhook(webhook_id), None, 1000)[::-1]
