"""The command line: what each command prints, and where."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app import cli
from app.accounts import operations as accounts
from app.db import Database
from app.errors import BadToken
from app.exchange.csv_table import COLUMNS
from app.exchange.formats import FORMATS
from app.settings import Settings
from app.texts.problems import problem_text
from tests.clocks import FakeClock
from tests.commands import Command, commands_on
from tests.exchange.folders import MISSILE, entry_file, make_folder
from tests.exchange.makers import make_record, written
from tests.makers import content, make_entry, make_proposed_entry, make_subject_field
from tests.rows import everything

OF_THE_TOP = [
    *("serve", "migrate", "rekey", "load", "lint", "export", "import", "account", "token", "audit", "tick", "demo"),
]
OF_ACCOUNTS = [f"account {verb}" for verb in ("create", "list", "disable", "enable", "roles", "password", "link")]
OF_TOKENS = [f"token {verb}" for verb in ("create", "list", "revoke")]
COMMANDS = ["", *OF_THE_TOP, *OF_ACCOUNTS, *OF_TOKENS, "audit verify", "audit export"]


@pytest.fixture
def run(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command on the test's own database."""
    return commands_on(own_settings.database_url, monkeypatch)


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    """A folder with one agreed and one proposed entry."""
    folder = tmp_path / "glossary"
    folder.mkdir()
    return make_folder(folder, entry_file(17), entry_file(18, *MISSILE, status="proposed"))


@pytest.fixture
def seeded(own_database: Database) -> Database:
    with own_database.write() as db:
        make_entry(db, number=17, fr="leurre à écho", ru="ложная цель")
        make_entry(db, number=18, en="re-entry vehicle")
        make_proposed_entry(db, en="jammer")
    return own_database


# ---- help and errors


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str) -> None:
    result = CliRunner().invoke(cli.cli, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    assert result.stderr == ""


def test_a_command_that_there_is_not_fails_with_help_on_the_error_side(run: Command) -> None:
    result = run("exportieren")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "No such command" in result.stderr


@pytest.mark.parametrize(
    ("locale", "language"),
    [("fr_FR.UTF-8", "fr"), ("ru_RU.UTF-8", "ru"), ("ru", "ru"), ("en_GB.UTF-8", "en"), ("C", "en"), ("", "en")],
)
def test_an_error_is_in_the_language_of_the_user(
    run: Command, monkeypatch: pytest.MonkeyPatch, locale: str, language: Any
) -> None:
    monkeypatch.setenv("LANG", locale)
    result = run("token", "create", "x", "--role", "delegate", "--party", "atlantis")
    assert result.exit_code == 1
    assert result.stdout == ""
    said = problem_text("unknown_party", language, {"party": "atlantis"})
    assert result.stderr.strip() == f"{said.title}\n{said.detail}"


def test_lc_all_weighs_more_than_lang(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    result = run("token", "create", "x", "--role", "delegate", "--party", "atlantis")
    assert problem_text("unknown_party", "ru", {"party": "atlantis"}).title in result.stderr


# ---- migrate and load


def test_migrate_brings_an_empty_database_up_and_may_be_run_again(
    run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/new.db")
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    for _ in range(2):
        result = run("migrate")
        assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    database = Database.connect(settings)
    assert [row.split(",")[0] for row in everything(database)["party"]] == ["('nato'", "('russia'"]
    database.dispose()


def test_load_brings_a_glossary_in_and_changes_nothing_the_second_time(
    run: Command, glossary: Path, own_database: Database
) -> None:
    first = run("load", str(glossary))
    assert (first.exit_code, first.stdout) == (0, ""), first.stderr
    assert first.stderr.startswith("1 entries loaded as agreed, 1 as proposed, 0 unchanged")
    before = everything(own_database)
    assert len(before["entry"]) == 2
    second = run("load", str(glossary))
    assert "0 as proposed, 2 unchanged" in second.stderr
    assert everything(own_database) == before


def test_a_glossary_with_a_fault_is_not_loaded_at_all_and_the_file_is_named(
    run: Command, glossary: Path, own_database: Database
) -> None:
    make_folder(glossary, entry_file(18, *MISSILE).replace("[threat]", "[ПРО]"))
    before = everything(own_database)
    result = run("load", str(glossary))
    assert result.exit_code == 1
    assert "0018-entry.yaml" in result.stderr
    assert "subject_fields" in result.stderr
    assert everything(own_database) == before


def test_a_folder_that_there_is_not_is_refused(run: Command, tmp_path: Path) -> None:
    result = run("load", str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert result.stdout == ""


# ---- export


@pytest.mark.parametrize("format_", list(FORMATS))
def test_export_prints_the_file_and_nothing_else_the_same_each_time(
    run: Command, seeded: Database, format_: str
) -> None:
    pair = () if FORMATS[format_].pair == "never" else ("--source", "fr", "--target", "en")
    first = run("export", "-f", format_, *pair)
    assert (first.exit_code, first.stderr) == (0, "")
    if format_ != "xlsx":
        assert "leurre à écho".encode() in first.stdout_bytes
        assert b"jammer" not in first.stdout_bytes
    assert run("export", "--format", format_, *pair).stdout_bytes == first.stdout_bytes


def test_an_export_says_what_the_file_does_not_hold_if_asked(run: Command, seeded: Database) -> None:
    result = run("export", "-f", "google", "--source", "fr", "--target", "ru", "--report")
    assert result.exit_code == 0
    assert "languages.*.definition.text" in result.stderr
    assert re.search(r"\d+ entries, 0 left out, \d+ values lost, 0 in notes", result.stderr)
    assert "0 values lost" in run("export", "-f", "jsonl", "--report").stderr


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("-f", "deepl"), "name source and target"),
        (("-f", "deepl", "--source", "en"), "name source and target"),
        (("-f", "tmx", "--source", "en", "--target", "en"), "two different languages"),
        (("-f", "csv", "--source", "en", "--target", "ru"), "takes no source and no target"),
        (("-f", "tbx-v4", "--style", "dct"), "no choice of style"),
        (("-f", "tmx", "--source", "de", "--target", "en"), "one of en, fr, ru"),
    ],
)
def test_an_export_that_cannot_be_is_refused(
    run: Command, seeded: Database, options: tuple[str, ...], complaint: str
) -> None:
    result = run("export", *options)
    assert result.exit_code != 0
    assert complaint in " ".join(result.stderr.split())
    assert result.stdout_bytes == b""


def test_export_writes_a_file_that_appears_only_when_it_is_whole(
    run: Command, seeded: Database, tmp_path: Path
) -> None:
    target = tmp_path / "glossary.csv"
    target.write_text("то, что было", encoding="utf-8")
    result = run("export", "-f", "csv", "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_bytes() == run("export", "-f", "csv").stdout_bytes
    assert list(tmp_path.iterdir()) == [target]
    assert target.stat().st_mode & 0o777 == 0o644


def test_an_export_that_fails_leaves_the_file_that_was_there(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "glossary.csv"
    target.write_text("то, что было", encoding="utf-8")
    # A database without tables fails while the export is already being written.
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    result = run("export", "-f", "csv", "-o", str(target))
    assert result.exit_code == 1
    assert target.read_text(encoding="utf-8") == "то, что было"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".glossary")]


def test_export_is_narrowed_by_status_and_subject(run: Command, seeded: Database) -> None:
    assert "jammer" in run("export", "-f", "csv", "--status", "proposed").stdout
    assert run("export", "-f", "csv", "--subject", "propulsion").stdout.splitlines()[1:] == []
    assert run("export", "-f", "csv", "--status", "draft").exit_code == 2


# ---- import


def a_file(folder: Path, *texts: Any) -> str:
    path = folder / "glossary.csv"
    path.write_bytes(written("csv", *(make_record(text, f"TMD-{n:04d}") for n, text in enumerate(texts, 500))))
    return str(path)


@pytest.fixture
def ready(own_database: Database) -> Database:
    """A database with a subject field and the account of the secretariat."""
    with own_database.write() as db:
        make_subject_field(db)
        accounts.secretariat(db)
    return own_database


def test_a_dry_run_of_an_import_says_what_would_happen_and_changes_nothing(
    run: Command, ready: Database, tmp_path: Path
) -> None:
    file = a_file(tmp_path, content(), content("propulsion", en="booster"))
    before = everything(ready)
    result = run("import", file, "-f", "csv", "--dry-run")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "unknown_subject_field" not in result.stderr
    assert re.search(r"TMD-0501 +rejected +subject_fields\.0 .*propulsion", result.stderr)
    assert result.stderr.splitlines()[-1] == "1 new, 0 amendment, 0 unchanged, 1 rejected"
    assert run("import", a_file(tmp_path, content()), "-f", "csv", "--dry-run").exit_code == 0
    assert everything(ready) == before


def test_an_import_takes_all_or_none(run: Command, ready: Database, tmp_path: Path) -> None:
    before = everything(ready)
    wrong = a_file(tmp_path, content(), content("propulsion", en="booster"))
    result = run("import", wrong, "-f", "csv", "--as", "initial-load")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "propulsion" in result.stderr
    assert everything(ready) == before
    right = a_file(tmp_path, content(), content(en="booster"))
    assert run("import", right, "-f", "csv", "--as", "initial-load").exit_code == 0
    assert len(everything(ready)["entry_version"]) == 2


def test_an_import_without_more_makes_drafts_of_the_secretariat(
    run: Command, ready: Database, tmp_path: Path
) -> None:
    result = run("import", a_file(tmp_path, content()), "-f", "csv")
    assert (result.exit_code, result.stderr.strip()) == (0, "1 new, 0 amendment, 0 unchanged, 0 rejected")
    rows = everything(ready)
    assert rows["entry"] == []
    assert "Imported from glossary.csv." in rows["proposal"][0]


def test_a_table_of_others_is_imported_as_the_caller_says(run: Command, ready: Database, tmp_path: Path) -> None:
    path = tmp_path / "список.csv"
    path.write_text("Слово/Word\nракета/missile\n", encoding="cp1251")
    said = ("-f", "csv", "--encoding", "windows-1251", "--delimiter", "/", "--subject", "threat")
    result = run("import", str(path), *said, "--column", "Слово=ru", "--column", "Word=en", "--chunk", "1")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "1 new, 0 amendment, 0 unchanged, 0 rejected")
    again = run("import", str(path), *said, "--column", "1=ru", "--column", "Word=en")
    assert again.stderr.splitlines()[-1] == "0 new, 0 amendment, 1 unchanged, 0 rejected"
    wrong = run("import", str(path), *said[:-1], "Missile Defence")
    assert (wrong.exit_code, "Traceback" in wrong.stderr) == (1, False)


def test_a_large_file_is_imported_in_chunks_and_says_how_far_it_is(
    run: Command, ready: Database, tmp_path: Path
) -> None:
    file = a_file(tmp_path, *(content(en=f"decoy {n}", fr=f"leurre {n}", ru=f"ловушка {n}") for n in range(5)))
    result = run("import", file, "-f", "csv", "--as", "initial-load", "--chunk", "2")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.splitlines() == [
        "Importing: 2 of 5",
        "Importing: 4 of 5",
        "5 new, 0 amendment, 0 unchanged, 0 rejected",
    ]
    assert len(everything(ready)["decision"]) == 3


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", ",".join(COLUMNS).encode("utf-32")])
def test_a_file_that_cannot_be_read_is_an_error_in_words(
    run: Command, ready: Database, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "словарь.csv"
    path.write_bytes(data)
    result = run("import", str(path), "-f", "csv")
    assert result.exit_code == 1
    assert result.stderr.startswith("File not readable\n")
    assert "Traceback" not in result.stderr


# ---- tokens


def test_token_create_prints_the_token_alone(run: Command, own_database: Database) -> None:
    result = run("token", "create", "nato-delegate", "--role", "delegate", "--party", "nato", "--language", "fr")
    assert (result.exit_code, result.stderr) == (0, "")
    token = result.stdout.removesuffix("\n")
    assert re.fullmatch(r"tmd_[A-Za-z0-9_-]{43}", token)
    with own_database.read() as db:
        actor = accounts.actor_of_token(db, token)
    assert (actor.party, actor.roles, actor.languages) == ("nato", {"delegate"}, {"fr"})
    assert token not in str(everything(own_database))


def test_a_token_may_be_made_for_some_days(run: Command, own_database: Database, clock: FakeClock) -> None:
    token = run("token", "create", "reader", "--role", "reader", "--days", "1").stdout.strip()
    with own_database.read() as db:
        assert accounts.actor_of_token(db, token).party is None
        clock.advance(days=2)
        with pytest.raises(BadToken):
            accounts.actor_of_token(db, token)


@pytest.mark.parametrize(
    "words",
    [
        ["x"],
        ["x", "--role", "king"],
        ["x", "--role", "reader", "--language", "de"],
        ["x", "--role", "reader", "--days", "0"],
    ],
)
def test_a_token_that_cannot_be_is_not_made(run: Command, own_database: Database, words: list[str]) -> None:
    before = everything(own_database)
    result = run("token", "create", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert everything(own_database) == before


def test_an_account_does_not_change_its_party(run: Command, own_database: Database) -> None:
    assert run("token", "create", "delegate", "--role", "delegate", "--party", "nato").exit_code == 0
    before = everything(own_database)
    result = run("token", "create", "delegate", "--role", "delegate", "--party", "russia")
    assert (result.exit_code, result.stdout) == (1, "")
    assert everything(own_database) == before


# ---- as a process of its own


def test_a_pipe_gets_the_bytes_and_no_decoration(own_settings: Settings, seeded: Database) -> None:
    environment = {**os.environ, "DATABASE_URL": own_settings.database_url, "LANG": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "export", "-f", "tbx"], env=environment, capture_output=True, check=True
    )
    assert done.stderr == b""
    assert done.stdout.startswith(b"<?xml")
    assert "ложная цель".encode() in done.stdout
    assert b"\x1b" not in done.stdout


def test_the_command_is_installed_under_its_name() -> None:
    script = Path(sys.executable).parent / "compendium"
    done = subprocess.run([script, "--help"], capture_output=True, text=True, check=True)
    assert "DATABASE_URL" in done.stdout
    assert [command for command in OF_THE_TOP if command not in done.stdout] == []


@pytest.mark.parametrize(
    "words", [("export", "-f", "csv"), ("audit", "verify"), ("serve",), ("load", "glossary"), ("rekey",), ("lint",)]
)
def test_a_database_without_the_schema_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    result = CliRunner().invoke(cli.cli, words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "compendium migrate" in result.stderr


def test_a_database_that_cannot_be_reached_is_named_as_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for url in (f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}", f"postgresql://nobody@/x?host={tmp_path}"):
        monkeypatch.setenv("DATABASE_URL", url)
        result = CliRunner().invoke(cli.cli, ["audit", "verify"])
        assert result.exit_code == 1
        assert "The database does not answer." in result.stderr
