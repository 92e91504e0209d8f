"""How often one may try to sign in."""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread

import httpx
import pytest
from anyio import CapacityLimiter, create_task_group, sleep
from sqlalchemy import func, select
from sqlmodel import col

from app.accounts.administration import disable
from app.accounts.passwords import Passwords
from app.accounts.signing import Signing
from app.accounts.tables import LoginThrottle
from app.db import Database
from app.errors import LoginFailed, TooManyAttempts
from app.history.tables import AuditEvent
from app.login.operations import attempt_at, sign_in
from app.login.routes import AT_ONCE, WAITING
from app.login.schemas import Credentials
from app.settings import Settings
from tests.api import problem_of
from tests.clocks import FakeClock
from tests.login.conftest import PASSWORD, CountingHasher, Service, make_people
from tests.rows import everything

WRONG = "перехват на начальном участке"
pytestmark = pytest.mark.usefixtures("still")


@pytest.fixture
def still(clock: FakeClock) -> None:
    """Time that goes on only when it is told to."""
    clock.advance(seconds=0)


@pytest.fixture
def patient(own_settings: Settings, own_database: Database) -> Iterator[Database]:
    """The test's own database, whose writers wait for each other as long as it takes."""
    database = Database.connect(own_settings.model_copy(update={"lock_seconds": 60}), own_database.clock)
    yield database
    database.dispose()


def codes(service: Service, name: str, times: int, password: str = WRONG) -> list[str]:
    return [service.sign_in(name, password).json().get("code", "ok") for _ in range(times)]


@pytest.mark.parametrize("name", ["nato-delegate", "nobody"])
def test_after_five_failures_an_account_waits_whether_or_not_it_exists(service: Service, name: str) -> None:
    assert codes(service, name, 5) == ["login_failed"] * 5
    problem = problem_of(service.sign_in(name, WRONG), 429, "too_many_attempts")
    assert problem["retry_after"] == 60
    assert problem["detail"] == "Sign-in was tried too often. Seconds to wait: 60."
    assert service.sign_in(name, WRONG).headers["Retry-After"] == "60"
    # Nobody's password is looked at meanwhile, so a right one tells nothing either.
    assert service.hasher.worked == ["verify"] * 5
    assert codes(service, name, 1, PASSWORD) == ["too_many_attempts"]
    assert codes(service, "russia-lead", 1, PASSWORD) == ["ok"]


def test_a_block_ends_by_itself_and_is_longer_each_time_up_to_a_quarter_of_an_hour(
    service: Service, clock: FakeClock
) -> None:
    codes(service, "nato-delegate", 5)
    for minutes in (1, 2, 4, 8, 15, 15, 15):
        assert problem_of(service.sign_in(), 429, "too_many_attempts")["retry_after"] == minutes * 60
        clock.advance(minutes=minutes, microseconds=-1)
        assert codes(service, "nato-delegate", 1) == ["too_many_attempts"]
        clock.advance(microseconds=1)
        assert codes(service, "nato-delegate", 2) == ["login_failed", "too_many_attempts"]
    clock.advance(minutes=15)
    assert codes(service, "nato-delegate", 1, PASSWORD) == ["ok"]
    assert codes(service, "nato-delegate", 5) == ["login_failed"] * 5


def test_refused_attempts_do_not_lengthen_a_block(service: Service, clock: FakeClock) -> None:
    codes(service, "nato-delegate", 5)
    before = everything(service.database)
    assert codes(service, "nato-delegate", 20) == ["too_many_attempts"] * 20
    assert everything(service.database) == before


def test_after_an_hour_of_peace_failures_are_forgotten(service: Service, clock: FakeClock) -> None:
    codes(service, "nato-delegate", 4)
    clock.advance(minutes=59)
    codes(service, "nobody", 1)
    clock.advance(minutes=1)
    assert codes(service, "nato-delegate", 5) == ["login_failed"] * 5
    # What no longer counts is swept away: that of the other name is a minute younger.
    with service.database.read() as db:
        assert db.scalar(select(func.count()).select_from(LoginThrottle)) == 3


def test_success_forgets_the_failures_of_the_account_alone(service: Service) -> None:
    for _ in range(7):
        codes(service, "nato-delegate", 4)
        assert codes(service, "nato-delegate", 1, PASSWORD) == ["ok"]
    # 28 failures from this address; whoever has an account of their own guesses no more freely than others.
    assert codes(service, "russia-lead", 2) == ["login_failed"] * 2
    assert codes(service, "nobody", 1) == ["too_many_attempts"]


def test_one_address_that_tries_many_names_waits(service: Service) -> None:
    assert [codes(service, f"delegate-{number}", 1)[0] for number in range(30)] == ["login_failed"] * 30
    assert codes(service, "delegate-30", 1) == ["too_many_attempts"]
    assert codes(service, "nato-delegate", 1, PASSWORD) == ["too_many_attempts"]


def test_addresses_are_counted_apart_and_customers_of_ipv6_as_one(service: Service) -> None:
    def keys(address: str | None) -> tuple[str, str]:
        attempt = attempt_at(service.app.state.signing, "nato-delegate", address)
        return attempt.name.key, attempt.address.key

    assert keys("192.0.2.1")[0] == keys("192.0.2.2")[0]
    assert keys("192.0.2.1")[1] != keys("192.0.2.2")[1]
    assert keys("2001:db8:0:1::1") == keys("2001:db8:0:1:ffff::")
    assert keys("2001:db8:0:1::1") != keys("2001:db8:0:2::1")
    assert keys("::ffff:192.0.2.1") != keys("::ffff:192.0.2.2")
    assert keys(None) == keys("")


def test_neither_names_nor_addresses_are_stored_with_the_counts(service: Service) -> None:
    codes(service, PASSWORD.encode().hex()[:40], 1)
    codes(service, "hunter2", 1)
    with service.database.read() as db:
        rows = db.scalars(select(LoginThrottle)).all()
    assert len(rows) == 3
    assert "hunter2" not in str(rows)
    assert "127.0.0.1" not in str(rows)


def test_a_block_leaves_an_event_with_the_account_if_there_is_one(service: Service) -> None:
    for name in ("nato-delegate", "nobody"):
        codes(service, name, 7)
    with service.database.read() as db:
        events = db.scalars(select(AuditEvent).order_by(col(AuditEvent.seq))).all()
    assert [(event.action, event.account_id, event.detail != "{}") for event in events] == [
        ("login.block", None, True),
        ("login.block", None, False),
    ]


def test_many_at_once_are_no_more_than_many_in_a_row(patient: Database) -> None:
    """Each attempt counts before its password is looked at, by whatever worker."""
    hasher = CountingHasher()
    make_people(patient, hasher)
    hasher.worked.clear()
    Signing(patient, None).signed("session", "")
    given = Credentials(name="nato-delegate", password=WRONG)
    start, results = Barrier(12), list[str]()

    def guess(worker: Callable[[], Signing]) -> None:
        attempt = attempt_at(worker(), given.name, "192.0.2.1")
        start.wait()
        try:
            sign_in(patient, Passwords(hasher), attempt, given, None)
        except (LoginFailed, TooManyAttempts) as refused:
            results.append(refused.code)

    threads = [Thread(target=guess, args=(lambda: Signing(patient, None),)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["login_failed"] * 5 + ["too_many_attempts"] * 7
    assert hasher.worked == ["verify"] * 5


def test_an_account_disabled_while_its_password_is_looked_at_does_not_get_in(own_database: Database) -> None:
    class Slow(CountingHasher):
        def verify(self, hash, password):
            with own_database.write() as db:
                disable(db, "nato-delegate")
            return super().verify(hash, password)

    make_people(own_database, CountingHasher())
    attempt = attempt_at(Signing(own_database, None), "nato-delegate", None)
    given = Credentials(name="nato-delegate", password=PASSWORD)
    with pytest.raises(LoginFailed):
        sign_in(own_database, Passwords(Slow()), attempt, given, None)


def test_whoever_comes_when_too_many_wait_is_sent_away(service: Service) -> None:
    """Sign-in has threads of its own; a crowd before them neither holds up readers nor fills the memory."""
    turns: CapacityLimiter = service.app.state.login_turns

    async def crowd() -> list[httpx.Response]:
        # Nobody's turn comes while all are taken, so whoever is let in waits.
        for holder in range(AT_ONCE):
            await turns.acquire_on_behalf_of(holder)
        answers: list[httpx.Response] = []

        async def come() -> None:
            answers.append(await service.api.client.post("/v1/login", json={"name": "nobody", "password": WRONG}))

        async with create_task_group() as group:
            for _ in range(WAITING):
                group.start_soon(come)
            while turns.statistics().tasks_waiting < WAITING:
                await sleep(0)
            await come()
            for holder in range(AT_ONCE):
                turns.release_on_behalf_of(holder)
        return answers

    first, *others = service.api.portal.call(crowd)
    assert problem_of(first, 429, "too_many_attempts")["retry_after"] == 1
    assert len(others) == WAITING
