"""`compendium account` and `compendium token`: what they do, print and leave in the log."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.accounts import operations as accounts
from app.accounts.passwords import Passwords
from app.accounts.tables import Account
from app.db import Database
from app.errors import BadToken
from app.history.operations import verify
from app.history.tables import AuditEvent
from app.settings import Settings
from tests.clocks import FakeClock
from tests.commands import Command, commands_on
from tests.rows import everything

PASSWORD = "перехват на конечном участке"
ISSUER = "https://identity.example"


@pytest.fixture
def run(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Command:
    return commands_on(own_settings.database_url, monkeypatch)


@pytest.fixture
def lead(run: Command) -> str:
    """The name of an account."""
    words = ("--role", "language-lead", "--role", "delegate", "--party", "russia", "--language", "ru")
    result = run("account", "create", "russia-lead", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "russia-lead is made.\n")
    return "russia-lead"


def stored(database: Database, name: str) -> Account:
    with database.read() as db:
        return accounts.account_called(db, name)


def events(database: Database) -> list[tuple[str, dict[str, Any]]]:
    with database.read() as db:
        assert verify(db) is None
        log = db.scalars(select(AuditEvent).order_by(col(AuditEvent.seq))).all()
        return [(event.action, json.loads(event.detail)) for event in log]


def listed(run: Command, *words: str) -> list[list[str]]:
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    return [line.split("\t") for line in result.stdout.splitlines()]


def test_an_account_is_made_with_roles_and_languages(run: Command, own_database: Database, lead: str) -> None:
    with own_database.read() as db:
        account = accounts.account_called(db, lead)
        assert accounts.roles_of(db, account) == {"language-lead", "delegate"}
    assert (account.party, account.languages, account.password_hash) == ("russia", ["ru"], None)
    ((action, detail),) = events(own_database)
    assert (action, detail) == (
        "account.create",
        {"account": account.id, "roles": ["delegate", "language-lead"], "languages": ["ru"]},
    )


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("russia-lead", ["--party", "russia"], "Account exists"),
        ("delegate", ["--party", "atlantis"], "Unknown party"),
        ("nato delegate", ["--party", "nato"], "Not valid"),
        ("nаto-delegate", ["--party", "nato"], "Not valid"),  # with a Cyrillic а
        ("delegate\nsecretariat", ["--party", "nato"], "Not valid"),
        ("-delegate", ["--party", "nato"], "No such option"),
        ("x" * 101, [], "Not valid"),
    ],
)
def test_an_account_that_cannot_be_is_not_made(
    run: Command, own_database: Database, lead: str, name: str, words: list[str], said: str
) -> None:
    before = everything(own_database)
    for command in ("account", "token"):
        if (command, name) != ("token", "russia-lead"):
            result = run(command, "create", name, "--role", "delegate", *words)
            assert result.exit_code in (1, 2)
            assert said in result.stderr
            assert "Traceback" not in result.stderr
    assert everything(own_database) == before


def test_accounts_are_listed(run: Command, lead: str) -> None:
    run("account", "password", lead, input=f"{PASSWORD}\n")
    run("account", "disable", lead)
    rows = listed(run, "account", "list")
    assert [row[1:] for row in rows] == [
        ["russia-lead", "russia", "delegate language-lead", "ru", "disabled", "password"],
        ["secretariat", "", "secretariat", "all", "enabled", "token only"],
    ]


def test_an_account_is_disabled_and_enabled(run: Command, own_database: Database, lead: str) -> None:
    token = run("token", "create", lead, "--role", "delegate", "--party", "russia").stdout.strip()
    assert run("account", "disable", lead).stderr == "russia-lead is disabled.\n"
    with own_database.read() as db, pytest.raises(BadToken):
        accounts.actor_of_token(db, token)
    refused = run("token", "create", lead, "--role", "delegate", "--party", "russia")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Enable it first" in refused.stderr
    assert run("account", "enable", lead).stderr == "russia-lead is enabled.\n"
    with own_database.read() as db:
        assert accounts.actor_of_token(db, token).party == "russia"
    assert [action for action, _ in events(own_database)] == [
        "account.create",
        "token.create",
        "account.disable",
        "account.enable",
    ]


def test_roles_are_replaced(run: Command, own_database: Database, lead: str) -> None:
    result = run("account", "roles", lead, "--role", "expert")
    assert result.stderr == "russia-lead is: expert.\n"
    with own_database.read() as db:
        account = accounts.account_called(db, lead)
        assert accounts.roles_of(db, account) == {"expert"}
        assert account.languages == []
    assert events(own_database)[-1] == (
        "account.roles",
        {"account": account.id, "roles": ["expert"], "languages": []},
    )


def test_a_token_does_not_widen_its_account(run: Command, own_database: Database, lead: str) -> None:
    before = everything(own_database)
    for words in (("--role", "co-chair"), ("--role", "delegate", "--language", "fr")):
        result = run("token", "create", lead, "--party", "russia", *words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "More than the account has" in result.stderr
    assert everything(own_database) == before


# ---- passwords


def test_a_password_is_read_from_standard_input_and_shown_nowhere(
    run: Command, own_database: Database, lead: str
) -> None:
    result = run("account", "password", lead, input=f"{PASSWORD}\n")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "The password of russia-lead is set.\n")
    assert Passwords().match(stored(own_database, lead).password_hash, PASSWORD)
    assert PASSWORD not in str(everything(own_database))
    assert events(own_database)[-1] == ("account.password", {"account": stored(own_database, lead).id})


def test_a_password_is_taken_away(run: Command, own_database: Database, lead: str) -> None:
    run("account", "password", lead, input=f"{PASSWORD}\n")
    assert run("account", "password", lead, "--remove").exit_code == 0
    assert stored(own_database, lead).password_hash is None


def test_a_short_password_is_refused(run: Command, own_database: Database, lead: str) -> None:
    before = everything(own_database)
    for given in ("перехват\n", "\n", ""):
        result = run("account", "password", lead, input=given)
        assert result.exit_code == 1
        assert "at least 12" in result.stderr
        assert not given.strip() or given.strip() not in result.stderr
    assert everything(own_database) == before


# ---- identities


def test_an_account_is_linked_to_a_subject_or_an_address(
    run: Command, own_database: Database, lead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("ISSUER", ISSUER), ("CLIENT_ID", "compendium"), ("CLIENT_SECRET", "s" * 20)):
        monkeypatch.setenv(f"OIDC_{name}", value)
    assert run("account", "link", lead, "--subject", "248289761001").stderr == "russia-lead is linked.\n"
    account = stored(own_database, lead)
    assert (account.oidc_issuer, account.oidc_subject) == (ISSUER, "248289761001")
    assert listed(run, "account", "list")[0][-1] == "identity"
    assert run("account", "link", lead, "--email", "lead@example.org").exit_code == 0
    account = stored(own_database, lead)
    assert (account.oidc_issuer, account.oidc_email) == (None, "lead@example.org")
    assert listed(run, "account", "list")[0][-1] == "identity, once shown"
    assert run("account", "link", lead, "--remove").exit_code == 0
    assert stored(own_database, lead).oidc_email is None
    said = str(events(own_database))
    assert "248289761001" not in said
    assert "lead@example.org" not in said


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--subject", "1"),  # at which provider?
        ("--subject", "1", "--email", "lead@example.org"),
        ("--email", "lead@example.org", "--remove"),
        ("--email", "lead"),
    ],
)
def test_a_link_that_cannot_be_is_not_made(
    run: Command, own_database: Database, lead: str, words: tuple[str, ...]
) -> None:
    before = everything(own_database)
    result = run("account", "link", lead, *words)
    assert result.exit_code in (1, 2)
    assert result.stderr
    assert everything(own_database) == before


@pytest.mark.parametrize(
    "words",
    [
        ("account", "disable", "nobody"),
        ("account", "enable", "nobody"),
        ("account", "roles", "nobody", "--role", "reader"),
        ("account", "password", "nobody", "--remove"),
        ("account", "link", "nobody", "--remove"),
        ("token", "list", "nobody"),
        ("token", "revoke", "nobody"),
        ("token", "revoke", "nobody", "--id", "1"),
    ],
)
def test_what_there_is_not_is_said(run: Command, own_database: Database, words: tuple[str, ...]) -> None:
    before = everything(own_database)
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "“nobody”" in result.stderr
    assert everything(own_database) == before


# ---- tokens


def test_tokens_are_listed_and_revoked_one_by_one(
    run: Command, own_database: Database, clock: FakeClock, lead: str
) -> None:
    made = [
        run("token", "create", lead, "--role", "delegate", "--party", "russia", *words).stdout.strip()
        for words in (
            ("--label", "САПР, переводчик", "--language", "ru"),
            ("--read-only", "--days", "3650"),
            (),
        )
    ]
    run("token", "create", "reader", "--role", "reader")
    rows = listed(run, "token", "list", lead)
    assert [row[:5] + row[6:] for row in rows] == [
        ["1", lead, "delegate", "ru", "valid", "never", "САПР, переводчик"],
        ["2", lead, "delegate", "all", "read-only", "never", ""],
        ["3", lead, "delegate", "all", "valid", "never", ""],
    ]
    assert [row[5] == "never" for row in rows] == [True, False, True]
    result = run("token", "revoke", lead, "--id", "3")
    assert result.stderr == "Token 3 of russia-lead is revoked.\n"
    with own_database.read() as db:
        assert accounts.actor_of_token(db, made[0]).languages == {"ru"}
        assert accounts.actor_of_token(db, made[1]).read_only
        with pytest.raises(BadToken):
            accounts.actor_of_token(db, made[2])
    assert [row[4] for row in listed(run, "token", "list")] == ["valid", "valid", "read-only", "revoked"]
    # A token of another account has no such id here.
    assert run("token", "revoke", lead, "--id", "4").exit_code == 1
    assert not [token for token in made if token in str(everything(own_database))]
    assert events(own_database)[-1][1].keys() == {"account", "token"}


def test_an_account_made_with_its_token_leaves_an_event_of_both(run: Command, own_database: Database) -> None:
    for _ in range(2):
        run("token", "create", "reader", "--role", "reader")
    account = stored(own_database, "reader").id
    assert [(action, detail["account"]) for action, detail in events(own_database)] == [
        ("account.create", account),
        ("token.create", account),
        ("token.create", account),
    ]


def test_all_tokens_of_an_account_are_revoked_at_once(run: Command, own_database: Database, lead: str) -> None:
    for _ in range(2):
        run("token", "create", lead, "--role", "delegate", "--party", "russia")
    assert run("token", "revoke", lead).stderr == "All tokens of russia-lead are revoked.\n"
    assert [row[4] for row in listed(run, "token", "list", lead)] == ["revoked", "revoked"]


@pytest.mark.parametrize("label", ["a\tb", "a\nb", "\x1b[31m", "x" * 101])
def test_a_label_that_would_break_the_list_is_refused(
    run: Command, own_database: Database, lead: str, label: str
) -> None:
    before = everything(own_database)
    result = run("token", "create", lead, "--role", "delegate", "--party", "russia", "--label", label)
    assert (result.exit_code, result.stdout) == (2, "")
    assert everything(own_database) == before
