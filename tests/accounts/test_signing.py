"""The key that signs cookies."""

from threading import Barrier, Thread

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from sqlmodel import col

from app.accounts.signing import Signing
from app.accounts.tables import SigningKey
from app.db import Database
from app.settings import Settings

SECRET = SecretStr("a secret that was chosen by whoever runs the service")


def test_what_was_signed_is_opened_for_the_same_purpose_only(database: Database) -> None:
    signing = Signing(database, SECRET)
    signed = signing.signed("session", ["leurre", "ложная цель"])
    assert signing.opened("session", signed) == ["leurre", "ложная цель"]
    assert signing.opened("sign-in", signed) is None
    assert Signing(database, SecretStr("another secret of at least 32 letters")).opened("session", signed) is None


@pytest.mark.parametrize("text", ["", ".", "a.b", "é", "\udcff", "W10", "x" * 10000])
def test_what_was_not_signed_is_not_opened(database: Database, text: str) -> None:
    assert Signing(database, SECRET).opened("session", text) is None


def test_what_is_derived_depends_on_purpose_value_and_key(database: Database) -> None:
    signing = Signing(database, SECRET)
    derived = signing.derived("oidc-nonce", "state")
    assert derived == Signing(database, SECRET).derived("oidc-nonce", "state")
    others = {
        signing.derived("oidc-verifier", "state"),
        signing.derived("oidc-nonce", "State"),
        Signing(database, None).derived("oidc-nonce", "state"),
    }
    assert len(others | {derived}) == 4


def test_a_secret_that_is_set_is_not_stored(database: Database) -> None:
    Signing(database, SECRET).signed("session", "x")
    with database.read() as db:
        assert db.get(SigningKey, 1) is None


def test_workers_that_start_at_once_have_the_same_key(own_settings: Settings) -> None:
    databases = [Database.connect(own_settings.model_copy(update={"lock_seconds": 60})) for _ in range(4)]
    signings = [Signing(database, None) for database in databases]
    start, signed = Barrier(len(signings)), list[str]()

    def sign(signing: Signing) -> None:
        start.wait()
        signed.append(signing.signed("session", "x"))

    threads = [Thread(target=sign, args=(signing,)) for signing in signings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(signed) == len(signings)
    assert len(set(signed)) == 1
    with databases[0].read() as db:
        assert len(db.scalars(select(col(SigningKey.key))).all()) == 1
    for database in databases:
        database.dispose()
