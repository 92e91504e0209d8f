"""Nothing is lost and nothing is told twice: over failures, restarts and several workers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from threading import Event, Thread

import pytest

from app.accounts import operations as accounts
from app.db import Database
from app.history.operations import Happening, record, verify
from app.history.tables import EntryChange
from app.settings import Settings
from app.webhooks import operations
from app.webhooks.delivering import CLAIMED_FOR, DISABLED_AFTER, KEPT_FOR, LONGEST_PAUSE, deliver_due, pause_after
from app.webhooks.messages import SOURCES, Kind
from app.webhooks.sending import Outcome
from tests.changes import adopt_text, end_entry, propose_entry, revise_entry
from tests.clocks import FakeClock
from tests.makers import content
from tests.webhooks.receiver import is_signed, receiving
from tests.webhooks.steps import Deliveries
from tests.webhooks.test_sending import closed_port

NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(clock: FakeClock) -> None:
    clock.set_to(NOON)


# ---- what is told


def test_a_change_of_a_public_entry_is_told_and_signed(deliveries: Deliveries, database, api) -> None:
    with receiving() as receiver:
        webhook_id, secret = deliveries.register(receiver.url)
        (seq,) = deliveries.adopt(17)
        assert deliveries.deliver() == 1
    (request,) = receiver.received
    assert is_signed(request, secret)
    assert not is_signed(request, "whsec_" + "A" * 43 + "=")
    assert request.headers["webhook-id"] == f"event-{seq}"
    assert request.headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    assert request.headers["content-type"] == "application/json"
    (change,) = api.get(f"/v1/changes?since={seq - 1}").json()["items"]
    assert request.data["type"] == "entry.adopted"
    assert request.data["data"] == change
    assert request.data["timestamp"] == "2027-02-01T12:00:00Z"
    assert secret not in repr(deliveries.webhook(webhook_id))


def test_every_kind_of_change_is_told_in_the_order_of_the_log(deliveries: Deliveries, database) -> None:
    with receiving() as receiver:
        deliveries.register(receiver.url)
        with database.write() as db:
            entry = propose_entry(db, en="balloon decoy")
            revise_entry(db, entry, en="inflatable decoy")
            adopt_text(db, entry, content(en="inflatable decoy"))
            end_entry(db, propose_entry(db, en="chaff"), "Снято по просьбе делегации.")
        assert deliveries.deliver() == 5
    told = [request.data["type"].removeprefix("entry.") for request in receiver.received]
    assert told == ["proposed", "revised", "adopted", "proposed", "withdrawn"]
    assert receiver.ids == sorted(receiver.ids, key=lambda name: int(name.removeprefix("event-")))
    said = b"".join(request.body for request in receiver.received).decode()
    for secret in ("Снято", "chaff", "decoy", "nato", "secretariat", "account"):
        assert secret not in said


def test_a_webhook_is_told_what_it_chose_and_from_where_it_chose(deliveries: Deliveries, database) -> None:
    first, second = deliveries.adopt(17, 18)
    with receiving() as receiver, receiving() as other, receiving() as late:
        deliveries.register(receiver.url, Kind.ENTRY_ADOPTED, since=first)
        deliveries.register(other.url, Kind.ENTRY_PROPOSED, since=0)
        deliveries.register(late.url)
        with database.write() as db:
            propose_entry(db, en="chaff")
        deliveries.deliver()
    assert receiver.ids == [f"event-{second}"]
    assert [request.data["type"] for request in other.received] == ["entry.proposed"]
    assert [request.data["type"] for request in late.received] == ["entry.proposed"]


def test_what_is_not_public_is_told_to_nobody(deliveries: Deliveries, database) -> None:
    with receiving() as receiver:
        webhook_id, _ = deliveries.register(receiver.url)
        with database.write() as db:
            record(db, accounts.secretariat(db), Happening("proposal.create", "P(2027)0001"))
        assert deliveries.deliver() == 0
        assert deliveries.deliver() == 0
    assert receiver.received == []
    with database.read() as db:
        assert deliveries.webhook(webhook_id).cursor == operations.last_event(db)


def test_every_kind_has_a_source_and_every_change_a_kind() -> None:
    assert {kind for source in SOURCES for kind in source.kinds} == set(Kind)
    assert {f"entry.{change.value}" for change in EntryChange} <= {kind.value for kind in Kind}


# ---- failures


def test_a_failure_is_tried_again_later_with_the_same_message(deliveries: Deliveries, clock: FakeClock) -> None:
    with receiving(500, 503, 204) as receiver:
        webhook_id, secret = deliveries.register(receiver.url)
        (seq,) = deliveries.adopt(17)
        assert deliveries.deliver() == 1
        assert deliveries.deliver() == 0
        clock.advance(seconds=29)
        assert deliveries.deliver() == 0
        clock.advance(seconds=1)
        assert deliveries.deliver() == 1
        clock.advance(seconds=59)
        assert deliveries.deliver() == 0
        clock.advance(seconds=1)
        assert deliveries.deliver() == 1
    assert receiver.ids == [f"event-{seq}"] * 3
    assert len({request.body for request in receiver.received}) == 1
    stamps = [int(request.headers["webhook-timestamp"]) for request in receiver.received]
    assert [stamp - stamps[0] for stamp in stamps] == [0, 30, 90]
    assert all(is_signed(request, secret) for request in receiver.received)
    log = deliveries.log(webhook_id)
    assert [(one.attempt, one.outcome, one.status) for one in log] == [
        (1, Outcome.REFUSED, 500),
        (2, Outcome.REFUSED, 503),
        (3, Outcome.DELIVERED, 204),
    ]
    assert deliveries.webhook(webhook_id).failing_since is None


def test_a_refused_connection_is_tried_again_once_the_receiver_is_back(
    deliveries: Deliveries, clock: FakeClock
) -> None:
    port = closed_port()
    webhook_id, _ = deliveries.register(f"http://127.0.0.1:{port}/hook")
    deliveries.adopt(17, 18)
    # One attempt, not two: while a receiver is away, the messages wait in their order.
    assert deliveries.deliver() == 1
    clock.advance(seconds=30)
    with receiving(port=port) as receiver:
        assert deliveries.deliver() == 2
    assert [request.data["data"]["entry"] for request in receiver.received] == ["TMD-0017", "TMD-0018"]
    assert [one.outcome for one in deliveries.log(webhook_id)] == [
        Outcome.UNREACHABLE,
        Outcome.DELIVERED,
        Outcome.DELIVERED,
    ]


def test_the_pauses_double_up_to_a_cap() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, 60)]
    assert pauses[:4] == [timedelta(seconds=seconds) for seconds in (30, 60, 120, 240)]
    assert pauses == sorted(pauses)
    assert max(pauses) == LONGEST_PAUSE


def test_a_receiver_that_fails_for_days_is_disabled_and_goes_on_where_it_stopped(
    deliveries: Deliveries, clock: FakeClock, database
) -> None:
    with receiving(500) as receiver:
        webhook_id, _ = deliveries.register(receiver.url)
        seqs = deliveries.adopt(17, 18)
        attempts = 0
        while deliveries.webhook(webhook_id).disabled_at is None:
            attempts += deliveries.deliver()
            due = deliveries.webhook(webhook_id).next_attempt_at
            assert due is not None
            clock.set_to(due)
        disabled = deliveries.webhook(webhook_id).disabled_at
        assert disabled is not None
        assert DISABLED_AFTER <= disabled - NOON <= DISABLED_AFTER + LONGEST_PAUSE
        assert set(receiver.ids) == {f"event-{seqs[0]}"}
        assert attempts == len(receiver.received) < 40
        clock.advance(days=30)
        assert deliveries.deliver() == 0
        receiver.answers = [204]
        _enable(database, webhook_id)
        assert deliveries.deliver() == 2
        assert receiver.ids[-2:] == [f"event-{seq}" for seq in seqs]
    with database.read() as db:
        assert verify(db) is None


def _enable(database: Database, webhook_id: int) -> None:
    with database.write() as db:
        operations.enable(db, accounts.secretariat(db), webhook_id)


def test_a_receiver_that_says_it_is_gone_is_disabled_at_once(deliveries: Deliveries) -> None:
    with receiving(410) as receiver:
        webhook_id, _ = deliveries.register(receiver.url)
        deliveries.adopt(17)
        assert deliveries.deliver() == 1
    assert deliveries.webhook(webhook_id).disabled_at == NOON


def test_one_receiver_that_fails_keeps_no_other_waiting(deliveries: Deliveries) -> None:
    with receiving(500) as broken, receiving() as working:
        deliveries.register(broken.url)
        deliveries.register(working.url)
        deliveries.adopt(17, 18, 19)
        assert deliveries.deliver() == 4
    assert (len(broken.received), len(working.received)) == (1, 3)


def test_an_internal_address_is_not_called_once_it_is_no_longer_allowed(
    deliveries: Deliveries, settings: Settings, database
) -> None:
    assert not settings.webhook_allow_internal
    with receiving() as receiver:
        webhook_id, _ = deliveries.register(receiver.url)
        deliveries.adopt(17)
        assert deliver_due(database, settings) == 1
    assert receiver.received == []
    assert [one.outcome for one in deliveries.log(webhook_id)] == [Outcome.ADDRESS_NOT_ALLOWED]


def test_the_log_of_deliveries_goes_back_ninety_days(deliveries: Deliveries, clock: FakeClock) -> None:
    with receiving() as receiver:
        webhook_id, _ = deliveries.register(receiver.url)
        deliveries.adopt(17)
        deliveries.deliver()
        clock.set_to(NOON + KEPT_FOR)
        deliveries.adopt(18)
        deliveries.deliver()
        assert [one.at for one in deliveries.log(webhook_id)] == [NOON, NOON + KEPT_FOR]
        clock.advance(seconds=1)
        deliveries.adopt(19)
        deliveries.deliver()
    assert deliveries.log(webhook_id)[0].at == NOON + KEPT_FOR


# ---- several workers, and workers that stop


@pytest.fixture
def own(own_database: Database, own_settings: Settings) -> Deliveries:
    """A database in which commits are real."""
    return Deliveries(own_database, own_settings.model_copy(update={"webhook_allow_internal": True}))


@pytest.fixture
def other_worker(own: Deliveries, own_settings: Settings, clock: FakeClock) -> Iterator[Deliveries]:
    """Another process on the same database, as far as the database can tell."""
    database = Database.connect(own_settings, clock)
    yield Deliveries(database, own.settings)
    database.dispose()


def test_two_workers_at_once_deliver_each_message_once(own: Deliveries, other_worker: Deliveries) -> None:
    reached, go_on = Event(), Event()

    def wait(handler: BaseHTTPRequestHandler) -> None:
        reached.set()
        go_on.wait()
        handler.send_response(204)
        handler.end_headers()

    with receiving(wait, 204) as receiver:
        webhook_id, _ = own.register(receiver.url)
        own.adopt(17, 18, 19)
        made: list[int] = []
        worker = Thread(target=lambda: made.append(own.deliver()))
        worker.start()
        try:
            assert reached.wait(60)
            # The first worker is in the middle of its first request.
            assert other_worker.deliver() == 0
        finally:
            go_on.set()
            worker.join()
        assert made == [3]
        assert other_worker.deliver() == 0
    assert len(receiver.ids) == len(set(receiver.ids)) == 3
    assert len(own.log(webhook_id)) == 3


def test_many_workers_on_many_webhooks_deliver_each_message_once(own: Deliveries, other_worker: Deliveries) -> None:
    with receiving() as receiver:
        for place in range(4):
            own.register(f"{receiver.url}&webhook={place}")
        own.adopt(17, 18, 19)
        workers = [Thread(target=worker.deliver) for worker in (own, other_worker) * 2]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        # Whatever one of them left to another that then found nothing.
        own.deliver()
    told = [(request.path, request.headers["webhook-id"]) for request in receiver.received]
    assert len(told) == len(set(told)) == 12


def test_a_worker_that_stopped_in_the_middle_is_replaced(
    own: Deliveries, other_worker: Deliveries, clock: FakeClock
) -> None:
    reached, go_on = Event(), Event()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        reached.set()
        go_on.wait()
        handler.send_response(500)
        handler.end_headers()

    with receiving(hang, 204) as receiver:
        webhook_id, _ = own.register(receiver.url)
        own.adopt(17, 18)
        worker = Thread(target=own.deliver)
        worker.start()
        try:
            assert reached.wait(60)
            clock.set_to(NOON + CLAIMED_FOR)
            assert other_worker.deliver() == 2
        finally:
            go_on.set()
            worker.join()
    # What the first one learned too late is not written over what the second one did.
    assert [one.outcome for one in own.log(webhook_id)] == [Outcome.DELIVERED] * 2
    assert own.webhook(webhook_id).failing_since is None
    assert len(set(receiver.ids)) == 2


def test_what_happened_while_nothing_ran_is_told_by_the_next_start(
    own: Deliveries, other_worker: Deliveries
) -> None:
    with receiving() as receiver:
        own.register(receiver.url)
        own.adopt(17, 18)
        own.database.dispose()
        assert other_worker.deliver() == 2
    assert [request.data["data"]["entry"] for request in receiver.received] == ["TMD-0017", "TMD-0018"]


def test_a_webhook_that_is_removed_in_the_middle_is_told_nothing_more(own: Deliveries) -> None:
    def remove(handler: BaseHTTPRequestHandler) -> None:
        with own.database.write() as db:
            operations.remove(db, accounts.secretariat(db), webhook_id)
        handler.send_response(204)
        handler.end_headers()

    with receiving(remove, 204) as receiver:
        webhook_id, _ = own.register(receiver.url)
        own.adopt(17, 18)
        assert own.deliver() == 1
    assert own.webhook(webhook_id).secret is None
    assert len(receiver.received) == 1


def test_a_worker_that_is_asked_to_stop_ends_after_the_message_at_hand(own: Deliveries) -> None:
    with receiving() as receiver:
        own.register(receiver.url)
        own.adopt(17, 18)
        asked = iter([True, False])
        assert deliver_due(own.database, own.settings, lambda: next(asked)) == 1
        assert own.deliver() == 1
    assert len(set(receiver.ids)) == 2
