"""`compendium audit`, and what `migrate` does for the seals."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

import migrations
from app import migrating
from app.accounts.operations import account_named, secretariat
from app.audit.verifying import breaches
from app.commands.audit import MOST
from app.db import Database
from app.history.breaches import BreachCode
from app.history.operations import renew_seals
from app.history.tables import AuditEvent, RowSeal
from app.settings import Settings
from app.texts.auditing import FINDINGS
from app.texts.problems import problem_text
from tests.audit.scenario import MISSILE, RADAR
from tests.commands import Command, commands_on
from tests.makers import make_entry


@pytest.fixture
def run(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command on the test's own database."""
    return commands_on(own_settings.database_url, monkeypatch)


@pytest.fixture
def run_on_filled(filled: Settings, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command on a database with rows in every table, which it leaves as they are."""
    return commands_on(filled.database_url, monkeypatch)


@pytest.fixture
def seeded(own_database: Database) -> Database:
    """Two agreed entries, and an account."""
    with own_database.write() as db:
        account_named(db, "nato-delegate", "nato")
        make_entry(db, number=1, **MISSILE)
        make_entry(db, number=2, **RADAR)
    return own_database


def tamper(database: Database, statement: str) -> None:
    """Change rows in a way that leaves no seal."""
    with database.write() as db:
        db.execute(text(statement))


def test_a_record_that_is_whole_shows_its_heads_which_hold_another_time(run: Command, seeded: Database) -> None:
    result = run("audit", "verify")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.startswith("The record is whole. Events: ")
    heads = result.stdout.split()
    assert [head.split(":")[0] for head in heads] == ["events", "seals"]
    with seeded.write() as db:
        make_entry(db, number=99, en="warhead", fr="ogive", ru="боеголовка")
    again = run("audit", "verify", *(f"--head={head}" for head in heads))
    assert again.exit_code == 0, again.stderr
    assert again.stdout.split() != heads


def test_a_head_that_the_chain_never_had_is_missed(run_on_filled: Command) -> None:
    result = run_on_filled("audit", "verify", "--head", f"seals:3:{'a' * 64}", "--head", f"events:9999:{'b' * 64}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "Link [3] of row_seal is not the one that was kept.",
        "Link [9999] of audit_event is not the one that was kept.",
    ]


@pytest.mark.parametrize("head", ["seals:3:abc", "rows:3:" + "a" * 64, "seals:-1:" + "a" * 64, ""])
def test_a_head_in_another_form_is_refused(run_on_filled: Command, head: str) -> None:
    result = run_on_filled("audit", "verify", "--head", head)
    assert result.exit_code == 2
    assert "events:NUMBER:HASH" in result.stderr


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("C", "Row [1] of entry is not what was sealed."),
        ("fr_FR.UTF-8", "La ligne [1] de entry n’est pas celle qui a été scellée."),
        ("ru_RU.UTF-8", "Строка [1] таблицы entry не та, которая была скреплена печатью."),
    ],
)
def test_a_row_that_was_changed_is_named_in_the_language_of_the_user(
    run: Command, seeded: Database, monkeypatch: pytest.MonkeyPatch, locale: str, said: str
) -> None:
    tamper(seeded, "UPDATE entry SET content = replace(content, 'ballistic', 'balistic') WHERE id = 1")
    monkeypatch.setenv("LANG", locale)
    result = run("audit", "verify")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[0] == said


def test_not_more_is_named_than_can_be_read(run: Command, seeded: Database) -> None:
    tamper(seeded, "UPDATE term_key SET language = 'xx'")
    result = run("audit", "verify")
    lines = result.stderr.splitlines()
    assert len(lines) == MOST + 1
    assert lines[-1] == "There may be more; these are the first 20."


def test_keys_by_the_rules_of_another_release_are_named_with_the_remedy_and_hide_nothing(
    run: Command, seeded: Database
) -> None:
    tamper(seeded, "UPDATE key_state SET version = 'keys 0'")
    tamper(seeded, "UPDATE party SET consents = NOT consents WHERE code = 'russia'")
    result = run("audit", "verify")
    assert result.stderr.splitlines() == [
        'Row ["russia"] of party is not what was sealed.',
        "Row [1] of key_state does not follow from the texts of the entries.",
        problem_text("not_ready", "en", {"reason": "keys_outdated"}).detail,
    ]


def test_every_breach_has_a_sentence() -> None:
    assert FINDINGS.keys() == set(BreachCode)


# ---- what `migrate` seals


def count(database: Database, table: Any) -> int:
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def test_rows_that_are_older_than_the_seals_are_sealed_by_migrate(run: Command, seeded: Database) -> None:
    if seeded.dialect == "postgresql":
        tamper(seeded, "ALTER TABLE row_seal DISABLE TRIGGER USER")
    else:
        tamper(seeded, "DROP TRIGGER row_seal_refuses_delete")
    tamper(seeded, "DELETE FROM row_seal")
    result = run("migrate")
    assert result.exit_code == 0, result.stderr
    assert f"{count(seeded, RowSeal)} rows were sealed." in result.stderr
    with seeded.read() as db:
        last = db.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).one()
        assert last.action == "seals.renew"
        assert {"entry", "entry_version", "decision"} <= set(json.loads(last.detail)["tables"])
        assert set(db.scalars(select(RowSeal.event_seq))) == {last.seq}
    verified = run("audit", "verify")
    assert verified.exit_code == 0, verified.stderr


def test_migrate_does_not_seal_what_was_done_behind_its_back(run: Command, seeded: Database) -> None:
    tamper(seeded, "UPDATE account SET name = 'nato-dеlegate' WHERE name = 'nato-delegate'")
    before = count(seeded, RowSeal)
    assert run("migrate").exit_code == 0
    assert count(seeded, RowSeal) == before
    assert "of account is not what was sealed." in run("audit", "verify").stderr


def test_a_release_that_changes_rows_has_those_of_the_tables_it_names_sealed_anew(seeded: Database) -> None:
    tamper(seeded, """UPDATE party SET names = '{"en": "Alliance"}' WHERE code = 'nato'""")
    tamper(seeded, "UPDATE account SET name = 'delegate' WHERE name = 'nato-delegate'")
    with seeded.write() as db:
        assert renew_seals(db, secretariat, ["party"]) == 1
    with seeded.read() as db:
        assert {(breach.code, breach.table) for breach in breaches(db, lambda _done: None)} == {
            (BreachCode.CHANGED, "account")
        }


def test_a_migration_names_the_tables_that_it_reforms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = migrating.head()
    folder = Path(shutil.copytree(Path(migrations.__file__).parent, tmp_path / "migrations"))
    text_ = f"revision = 'next'\ndown_revision = {head!r}\nRESEALS = ('party', 'account')\n"
    (folder / "versions" / "20261201_next.py").write_text(text_, encoding="utf-8")
    monkeypatch.setattr(migrations, "__file__", str(folder / "__init__.py"))
    assert migrating.head() == "next"
    assert migrating.reformed(head) == migrating.reformed(None) == ["account", "party"]
    assert migrating.reformed("next") == []


# ---- the export


def test_an_export_is_written_to_a_file_as_it_is_printed(run_on_filled: Command, tmp_path: Path) -> None:
    result = run_on_filled("audit", "export", "p(2026)0001")
    assert result.exit_code == 0, result.stderr
    assert run_on_filled("audit", "export", "P(2026)0001", "-o", str(tmp_path / "p.json")).exit_code == 0
    assert (tmp_path / "p.json").read_text(encoding="utf-8") == result.stdout
    assert json.loads(result.stdout)["proposal"] == "P(2026)0001"


def test_an_export_of_a_proposal_that_there_is_not_says_so(run_on_filled: Command) -> None:
    result = run_on_filled("audit", "export", "P(2026)9999")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "P(2026)9999" in result.stderr
