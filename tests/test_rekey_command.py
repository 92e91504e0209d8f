"""`compendium rekey`, and what the other commands say while look-up keys are of another release."""

from collections.abc import Callable

import pytest
from click.testing import Result
from sqlalchemy import update
from typer.testing import CliRunner

from app import cli, migrating
from app.db import Database
from app.entries.indexing.state import keys_are_current
from app.entries.indexing.tables import KeyState
from app.settings import Settings
from app.texts.problems import problem_text
from tests.makers import make_entry

Command = Callable[..., Result]


@pytest.fixture
def run(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command on the test's own database."""
    monkeypatch.setenv("DATABASE_URL", own_settings.database_url)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("COLUMNS", "400")
    return lambda *words: CliRunner().invoke(cli.cli, list(words))


@pytest.fixture
def outdated(own_database: Database) -> Database:
    with own_database.write() as db:
        for word in ("decoy", "missile"):
            make_entry(db, en=word)
        db.execute(update(KeyState).values(version="keys 0"))
    return own_database


def keys_are_right(database: Database) -> bool:
    with database.read() as db:
        return keys_are_current(db)


@pytest.mark.parametrize("command", [("serve",), ("export", "--format", "csv")])
def test_nothing_works_with_keys_of_other_rules_and_the_remedy_is_named(
    run: Command, outdated: Database, command: tuple[str, ...]
) -> None:
    result = run(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    said = problem_text("not_ready", "en", {"reason": "keys_outdated"})
    assert result.stderr.strip() == f"{said.title}\n{said.detail}"
    assert "compendium rekey" in said.detail


def test_rekey_makes_them_anew(run: Command, outdated: Database) -> None:
    result = run("rekey")
    assert (result.exit_code, result.stderr.strip()) == (0, "Look-up keys were made for 2 entries.")
    assert keys_are_right(outdated)
    assert run("audit", "verify").exit_code == 0


def test_rekey_leaves_right_keys_alone_unless_told_otherwise(run: Command, own_database: Database) -> None:
    with own_database.write() as db:
        make_entry(db)
    assert run("rekey").stderr.strip() == "Look-up keys were made for 0 entries."
    assert run("rekey", "--again").stderr.strip() == "Look-up keys were made for 1 entries."
    assert keys_are_right(own_database)


def test_migrate_makes_the_keys_that_a_database_of_an_earlier_release_lacks(
    run: Command, own_settings: Settings, own_database: Database
) -> None:
    with own_database.write() as db:
        make_entry(db)
    own_database.dispose()
    migrating.downgrade(own_settings, "20261122_first_schema")
    assert run("serve").exit_code == 1
    result = run("migrate")
    assert result.exit_code == 0, result.output
    assert "Look-up keys were made for 1 entries." in result.stderr
    assert keys_are_right(own_database)
    assert "Look-up keys" not in run("migrate").stderr
