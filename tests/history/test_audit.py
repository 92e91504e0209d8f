"""The audit log in the database."""

import pytest
from sqlalchemy import delete, text, update
from sqlmodel import col

from app.accounts.actor import Actor
from app.accounts.operations import account_named
from app.history.chain import GENESIS
from app.history.operations import Happening, changes_since, record, verify
from app.history.tables import AuditEvent, EntryChange
from tests.makers import make_entry
from tests.rows import events_of


@pytest.fixture
def log(db):
    """A session on a log of five events."""
    nato = Actor(account_id=account_named(db, "nato-delegate", "nato").id, party="nato")
    entry = make_entry(db, en="decoy")
    record(db, nato, Happening("proposal.create", "P(2026)0001", after="a" * 64), to="draft")
    record(db, nato, Happening("proposal.revise", "P(2026)0001", None, None, "a" * 64, "b" * 64), revision=2)
    record(db, nato, Happening("proposal.withdraw", "P(2026)0001"), reason="Снято: «ложная цель» уже есть")
    record(db, nato, Happening("entry.close", None, entry.id, EntryChange.WITHDRAWN, "c" * 64))
    return db


def allow_changes(db) -> None:
    """What somebody with the rights of the owner could do."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("ALTER TABLE audit_event DISABLE TRIGGER USER"))
    else:
        for verb in ("update", "delete"):
            db.execute(text(f"DROP TRIGGER audit_event_refuses_{verb}"))


def test_events_are_numbered_without_holes_and_tied_together(log) -> None:
    events = [log.get_one(AuditEvent, seq) for seq in range(1, 6)]
    assert events[0].previous_hash == GENESIS
    assert [e.previous_hash for e in events[1:]] == [e.hash for e in events[:-1]]
    assert log.get(AuditEvent, 6) is None


def test_an_untouched_log_is_whole_when_read_back(log) -> None:
    log.expire_all()
    assert verify(log) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"detail": '{"reason":"Снято: «ложная цель» уже eсть"}'},
        {"action": "proposal.withdrаw"},
        {"party": "russia"},
        {"party": None},
        {"account_id": None},
        {"proposal": "P(2026)0002"},
        {"entry_id": 1001},
        {"change": EntryChange.ADOPTED},
        {"before": "d" * 64},
        {"after": "d" * 64},
        {"request_id": "x"},
        {"previous_hash": "e" * 64},
        {"hash": "f" * 64},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_change_of_any_column_is_found(log, changed: dict) -> None:
    allow_changes(log)
    log.execute(update(AuditEvent).where(col(AuditEvent.seq) == 4).values(changed))
    log.expire_all()
    assert verify(log) == 4


def test_a_moment_changed_by_one_microsecond_is_found(log) -> None:
    allow_changes(log)
    moment = log.get_one(AuditEvent, 4).at
    changed = moment.replace(microsecond=moment.microsecond ^ 1)
    log.execute(update(AuditEvent).where(col(AuditEvent.seq) == 4).values(at=changed))
    log.expire_all()
    assert verify(log) == 4


def test_an_event_that_was_deleted_is_missed_at_the_next(log) -> None:
    allow_changes(log)
    log.execute(delete(AuditEvent).where(col(AuditEvent.seq) == 3))
    log.expire_all()
    assert verify(log) == 4


def test_the_change_feed_holds_what_readers_can_see_in_order(log) -> None:
    assert [(e.seq, e.change) for e in changes_since(log, 0, 10)] == [
        (1, EntryChange.ADOPTED),
        (5, EntryChange.WITHDRAWN),
    ]
    assert [e.seq for e in changes_since(log, 1, 10)] == [5]
    assert [e.seq for e in changes_since(log, 0, 1)] == [1]
    assert list(changes_since(log, 5, 10)) == []


def test_the_events_of_a_proposal_tell_its_story(log) -> None:
    told = [e.action for e in events_of(log, "P(2026)0001")]
    assert told == ["proposal.create", "proposal.revise", "proposal.withdraw"]
