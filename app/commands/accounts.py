"""`compendium account`: who may act, and how they sign in."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from app import terminal
from app.accounts import administration, identities
from app.accounts import operations as accounts
from app.accounts.administration import Described
from app.accounts.passwords import Passwords
from app.accounts.tables import Account
from app.commands.opening import opened
from app.commands.options import AccountName, LanguageOption, PartyOption, RoleOption, languages_in
from app.history import operations as history
from app.history.operations import Happening
from app.settings import Settings
from app.terminal import reported

account = typer.Typer(no_args_is_help=True, help="Accounts: their roles, passwords and identities.")


@account.command("create")
@reported
def create(name: AccountName, role: RoleOption, party: PartyOption = None, language: LanguageOption = None) -> None:
    """Make an account. It cannot sign in until it has a password, a linked identity or a token."""
    languages = languages_in(language)
    _change(
        "account.create",
        lambda db: accounts.create_account(db, name=name, roles=role, party=party, languages=languages),
        roles=sorted(role),
        languages=sorted(languages),
    )
    terminal.say(f"{name} is made.")


@account.command("list")
@reported
def list_() -> None:
    """List all accounts, with what each may do and how it signs in."""
    with opened(Settings()) as database, database.read() as db:
        rows = [_shown(described) for described in administration.all_accounts(db)]
    terminal.print_rows(("id", "account", "party", "roles", "languages", "state", "signs in by"), rows)


@account.command("disable")
@reported
def disable(name: AccountName) -> None:
    """Let an account act no more: its sessions end, its tokens are refused."""
    _change("account.disable", lambda db: administration.disable(db, name))
    terminal.say(f"{name} is disabled.")


@account.command("enable")
@reported
def enable(name: AccountName) -> None:
    """Let an account act again. Its tokens are good again, unless they were revoked."""
    _change("account.enable", lambda db: administration.enable(db, name))
    terminal.say(f"{name} is enabled.")


@account.command("roles")
@reported
def roles(name: AccountName, role: RoleOption, language: LanguageOption = None) -> None:
    """Give an account these roles and languages, and no others. Its tokens lose at once what it loses."""
    languages = languages_in(language)
    _change(
        "account.roles",
        lambda db: administration.give_roles(db, name, role, languages),
        roles=sorted(role),
        languages=sorted(languages),
    )
    terminal.say(f"{name} is: {', '.join(sorted(role))}.")


@account.command("password")
@reported
def password(
    name: AccountName,
    remove: Annotated[bool, typer.Option("--remove", help="Take the password away.")] = False,
) -> None:
    """Set the password of an account. Asks for it on a terminal, reads a line of standard input otherwise."""
    hashed = None if remove else Passwords().hashed(_asked())
    _change("account.password", lambda db: administration.set_password(db, name, hashed))
    terminal.say(f"The password of {name} is {'taken away' if remove else 'set'}.")


@account.command("link")
@reported
def link(
    name: AccountName,
    subject: Annotated[str | None, typer.Option(help="Who it is at the provider (`sub`).")] = None,
    email: Annotated[
        str | None, typer.Option(help="Whoever first shows this verified address at the provider.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the link away.")] = False,
) -> None:
    """Link an account to an identity at the provider that OIDC_ISSUER names."""
    issuer = Settings().oidc_issuer
    if sum((subject is not None, email is not None, remove)) != 1:
        raise typer.BadParameter("one of --subject, --email and --remove")
    if remove:
        _change("account.unlink", lambda db: identities.unlink(db, name))
    elif email is not None:
        _change("account.link", lambda db: identities.invite(db, name, email))
    elif issuer is None:
        raise typer.BadParameter("OIDC_ISSUER is not set", param_hint="--subject")
    else:
        _change("account.link", lambda db: identities.link_subject(db, name, issuer, subject or ""))
    terminal.say(f"{name} is {'linked no more' if remove else 'linked'}.")


def _change(action: str, change: Callable[[Session], Account], **detail: list[str]) -> None:
    """Change an account and leave an event of it, which names it by its id."""
    with opened(Settings()) as database, database.write() as db:
        changed = change(db)
        history.record(db, accounts.secretariat(db), Happening(action), account=changed.id, **detail)


def _asked() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().removesuffix("\n")


def _shown(described: Described) -> tuple[str, ...]:
    row = described.account
    ways = {
        "password": row.password_hash,
        "identity": row.oidc_subject,
        "identity, once shown": row.oidc_email,
    }
    return (
        str(row.id),
        row.name,
        row.party or "",
        " ".join(described.roles),
        " ".join(row.languages) or "all",
        "disabled" if row.disabled_at is not None else "enabled",
        ", ".join(way for way, value in ways.items() if value) or "token only",
    )
