"""When tokens were last used."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.accounts import operations as accounts
from app.accounts import uses as module
from app.accounts.actor import Role
from app.accounts.tables import ApiToken
from app.accounts.uses import EVERY, TokenUses, written_now_and_then
from app.db import Database
from app.main import create_app
from app.settings import Settings
from tests.api import Api
from tests.clocks import FakeClock


@pytest.fixture
def uses(clock: FakeClock) -> TokenUses:
    clock.advance(seconds=0)
    return TokenUses(clock)


@pytest.fixture
def token(database: Database) -> int:
    return made_in(database)


def made_in(database: Database) -> int:
    """The id of a token."""
    with database.write() as db:
        account = accounts.account_named(db, "reader", None, {Role.READER})
        made, _ = accounts.add_token(db, account, roles=frozenset({Role.READER}))
    assert made.id is not None
    return made.id


def last_use(database: Database, token: int) -> datetime | None:
    with database.read() as db:
        return db.scalars(select(col(ApiToken.last_used_at)).where(col(ApiToken.id) == token)).one()


def test_a_use_is_written_when_there_is_time_and_not_before(
    database: Database, clock: FakeClock, uses: TokenUses, token: int
) -> None:
    at = clock()
    uses.note(token)
    assert last_use(database, token) is None
    clock.advance(minutes=1)
    assert uses.write(database) == 1
    assert last_use(database, token) == at
    assert uses.write(database) == 0


def test_a_token_in_constant_use_is_written_every_ten_minutes(
    database: Database, clock: FakeClock, uses: TokenUses, token: int
) -> None:
    begun, written = clock(), 0
    for _ in range(60):
        uses.note(token)
        written += uses.write(database)
        clock.advance(minutes=1)
    assert timedelta(minutes=10) == EVERY
    assert written == 6
    assert last_use(database, token) == begun + timedelta(minutes=50)


def test_the_last_use_never_goes_back(database: Database, clock: FakeClock, uses: TokenUses, token: int) -> None:
    """Another worker may have written a later one."""
    uses.note(token)
    clock.advance(minutes=30)
    other = TokenUses(clock)
    other.note(token)
    other.write(database)
    uses.write(database)
    assert last_use(database, token) == clock()


def test_a_reader_does_not_wait_for_a_writer(
    own_settings: Settings, own_database: Database, clock: FakeClock
) -> None:
    """The writers' turn is taken all the while; what is noted is written once it is free again."""
    with own_database.write() as db:
        token = accounts.create_token(db, name="reader", roles=frozenset({Role.READER}))
        token_id = db.scalars(select(col(ApiToken.id))).one()
    hurried = Database.connect(own_settings.model_copy(update={"lock_seconds": 1}), clock)
    app = create_app(own_settings, hurried)
    with Api.serving(app) as api:
        with own_database.write():
            assert api.get("/v1/me", token).status_code == 200
            assert app.state.token_uses.write(hurried) == 0
        assert app.state.token_uses.write(hurried) == 1
    assert last_use(own_database, token_id) is not None
    hurried.dispose()


def test_a_running_service_writes_now_and_then_and_at_its_end(
    own_database: Database, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.001)
    first, second = made_in(own_database), made_in(own_database)
    uses = TokenUses(clock)

    async def serve() -> None:
        async with written_now_and_then(uses, own_database):
            uses.note(first)
            while await asyncio.to_thread(last_use, own_database, first) is None:
                await asyncio.sleep(0)
            monkeypatch.setattr(module, "PAUSE", 3600)
            uses.note(second)

    asyncio.run(serve())
    assert last_use(own_database, second) is not None


def test_a_service_whose_database_is_gone_goes_on_and_says_so(
    own_settings: Settings, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Database.connect(Settings(database_url="sqlite:////nowhere/at-all.db"), clock)
    uses = TokenUses(clock)
    uses.note(1)

    async def serve() -> None:
        async with written_now_and_then(uses, gone):
            pass

    asyncio.run(serve())
    assert [record.getMessage() for record in caplog.records] == [
        "the last use of tokens was not written: NotReady"
    ]
    gone.dispose()
