"""`compendium token`: API tokens."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from app import terminal
from app.accounts import operations as accounts
from app.accounts.tables import ApiToken
from app.accounts.tokens import all_tokens, revoke_token
from app.commands.opening import opened
from app.commands.options import AccountName, LanguageOption, PartyOption, RoleOption, languages_in
from app.history import operations as history
from app.history.operations import Happening
from app.login.operations import record_token
from app.settings import Settings
from app.terminal import reported

token = typer.Typer(no_args_is_help=True, help="API tokens.")


@token.command("create")
@reported
def create(
    name: AccountName,
    role: RoleOption,
    party: PartyOption = None,
    language: LanguageOption = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=3650, help="How long it is valid; for ever if absent.")
    ] = None,
    label: Annotated[str, typer.Option(help="What it will be known by.")] = "",
    read_only: Annotated[bool, typer.Option("--read-only", help="It may change nothing.")] = False,
) -> None:
    """Make a token for an account, and the account if need be. Prints the token alone, this one time."""
    languages = languages_in(language)
    if len(label) > 100 or not label.isprintable():
        raise typer.BadParameter("at most 100 printable characters", param_hint="--label")
    with opened(Settings()) as database, database.write() as db:
        is_new = accounts.find_account(db, name) is None
        account = accounts.account_named(db, name, party, role)
        made, clear = accounts.add_token(
            db,
            account,
            roles=frozenset(role),
            languages=languages,
            valid_for=timedelta(days=days) if days is not None else None,
            label=label,
            read_only=read_only,
        )
        if is_new:
            history.record(
                db, accounts.secretariat(db), Happening("account.create"), account=account.id, roles=sorted(role)
            )
        record_token(db, accounts.secretariat(db), made)
    typer.echo(clear)


@token.command("list")
@reported
def list_(name: Annotated[str | None, typer.Argument(help="The account; all of them if absent.")] = None) -> None:
    """List tokens: never the token itself, which is stored nowhere."""
    with opened(Settings()) as database, database.read() as db:
        if name is not None:
            accounts.account_called(db, name)
        rows = [
            (str(made.id), account.name, *_shown(made, database.clock())) for made, account in all_tokens(db, name)
        ]
    headings = ("id", "account", "roles", "languages", "state", "expires", "last used", "label")
    terminal.print_rows(headings, rows)


@token.command("revoke")
@reported
def revoke(
    name: Annotated[str, typer.Argument(help="The account.")],
    id_: Annotated[int | None, typer.Option("--id", min=1, help="Only the token with this id.")] = None,
) -> None:
    """End all tokens of an account at once, or one of them."""
    with opened(Settings()) as database, database.write() as db:
        account = accounts.account_called(db, name)
        if id_ is None:
            accounts.revoke_tokens(db, name)
        else:
            revoke_token(db, account.id, id_)
        history.record(db, accounts.secretariat(db), Happening("token.revoke"), account=account.id, token=id_)
    terminal.say(f"All tokens of {name} are revoked." if id_ is None else f"Token {id_} of {name} is revoked.")


def _shown(made: ApiToken, now: datetime) -> tuple[str, ...]:
    state = "valid"
    if made.revoked_at is not None:
        state = "revoked"
    elif made.expires_at is not None and made.expires_at <= now:
        state = "expired"
    elif made.read_only:
        state = "read-only"
    return (
        " ".join(made.roles),
        " ".join(made.languages) or "all",
        state,
        _day(made.expires_at),
        _day(made.last_used_at),
        made.label,
    )


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment is not None else "never"
