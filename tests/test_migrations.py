"""The schema, brought up and down on both engines."""

import json

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from app import migrating
from app.accounts.actor import Role
from app.accounts.administration import all_accounts
from app.accounts.operations import adopt_profile
from app.accounts.tables import ApiToken
from app.db import Database
from app.history.operations import verify
from app.profile import read_profile
from app.settings import Settings
from app.tables import metadata
from tests.makers import make_entry

AT = "2026-01-01 00:00:00.000000+00:00"
TOKENS = [(["delegate"], None), (["delegate", "co-chair"], None), (["secretariat"], AT)]
"""The roles of a token, and when it was revoked."""


def schema_of(database: Database) -> dict[str, set[str]]:
    """The columns, indexes and constraints of each table, by name."""
    with database.read() as db:
        seen = inspect(db.connection())
        return {
            table: {
                *(column["name"] for column in seen.get_columns(table)),
                *(str(index["name"]) for index in seen.get_indexes(table)),
                *(str(check["name"]) for check in seen.get_check_constraints(table)),
                *(str(key["name"]) for key in seen.get_foreign_keys(table)),
                *(str(unique["name"]) for unique in seen.get_unique_constraints(table)),
            }
            for table in seen.get_table_names()
        }


def test_the_migrated_schema_is_that_of_the_code(own_settings: Settings) -> None:
    migrating.check(own_settings)


def test_a_migrated_database_knows_its_revision(own_database: Database) -> None:
    assert migrating.current(own_database) == migrating.head()


def test_the_schema_goes_down_to_nothing_and_comes_back_the_same(
    own_settings: Settings, own_database: Database
) -> None:
    before = schema_of(own_database)
    assert before.keys() == {*metadata.tables, "alembic_version"}
    migrating.downgrade(own_settings, "base")
    assert schema_of(own_database).keys() == {"alembic_version"}
    assert migrating.current(own_database) is None
    migrating.upgrade(own_settings)
    migrating.check(own_settings)
    assert schema_of(own_database) == before


def test_a_schema_that_came_back_works_and_refuses_to_change_what_was_agreed(
    own_settings: Settings, own_database: Database
) -> None:
    migrating.downgrade(own_settings, "base")
    migrating.upgrade(own_settings)
    with own_database.write() as db:
        adopt_profile(db, read_profile(own_settings.profile_path))
        make_entry(db)
    with pytest.raises(DBAPIError, match="never changed"), own_database.write() as db:
        db.execute(text("DELETE FROM entry_version"))


def test_an_upgrade_leaves_the_rows_of_a_database_as_they_are(
    own_settings: Settings, own_database: Database
) -> None:
    with own_database.write() as db:
        digests = [make_entry(db, en=word, ru=None).digest for word in ("decoy", "missile", "radar")]
    migrating.upgrade(own_settings)
    migrating.check(own_settings)
    with own_database.read() as db:
        kept = db.execute(text("SELECT digest FROM entry_version ORDER BY entry_id")).scalars().all()
        assert kept == digests
        assert verify(db) is None


def test_accounts_get_the_roles_that_their_tokens_had(own_settings: Settings, own_database: Database) -> None:
    migrating.downgrade(own_settings, "20261123_look_up")
    with own_database.write() as db:
        for name in ("nato-delegate", "secretariat", "nobody"):
            db.execute(text("INSERT INTO account (name, created_at) VALUES (:name, :at)"), {"name": name, "at": AT})
        for number, (roles, revoked) in enumerate(TOKENS):
            db.execute(
                text(
                    "INSERT INTO api_token (account_id, token_hash, roles, languages, created_at, revoked_at)"
                    " SELECT id, :hash, :roles, '[]', :at, :revoked FROM account WHERE name = 'nato-delegate'"
                ),
                {"hash": f"{number:064}", "roles": json.dumps(roles), "at": AT, "revoked": revoked},
            )
    migrating.upgrade(own_settings)
    migrating.check(own_settings)
    with own_database.read() as db:
        held = {one.account.name: one.roles for one in all_accounts(db)}
        tokens = db.scalars(select(ApiToken)).all()
    assert held == {
        "nato-delegate": (Role.CO_CHAIR, Role.DELEGATE),
        "nobody": (),
        "secretariat": (Role.SECRETARIAT,),
    }
    assert [(token.label, token.read_only, token.last_used_at) for token in tokens] == [("", False, None)] * 3


def test_the_check_notices_a_table_that_the_code_does_not_know(
    own_settings: Settings, own_database: Database
) -> None:
    with own_database.write() as db:
        db.execute(text("ALTER TABLE entry ADD COLUMN colour INTEGER"))
    with pytest.raises(Exception, match="colour"):
        migrating.check(own_settings)
