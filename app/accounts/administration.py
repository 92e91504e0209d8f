"""What an administrator does with accounts, on the command line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Role
from app.accounts.operations import account_called, set_roles
from app.accounts.sessions import end_sessions_of
from app.accounts.tables import Account, AccountRole
from app.db import now
from app.languages.codes import LanguageCode


@dataclass(frozen=True)
class Described:
    """An account with its roles."""

    account: Account
    roles: tuple[Role, ...]


def all_accounts(db: Session) -> Sequence[Described]:
    """Every account, by name."""
    roles: dict[int, list[Role]] = {}
    for held in db.scalars(select(AccountRole)):
        roles.setdefault(held.account_id, []).append(held.role)
    accounts = db.scalars(select(Account).order_by(col(Account.name)))
    return [Described(account, tuple(sorted(roles.get(account.id or 0, [])))) for account in accounts]


def disable(db: Session, name: str) -> Account:
    """Let an account act no more; its sessions end, its tokens rest. Raises NotFound."""
    account = account_called(db, name)
    account.disabled_at = account.disabled_at or now(db)
    end_sessions_of(db, account)
    db.flush()
    return account


def enable(db: Session, name: str) -> Account:
    """Let an account act again. Tokens that were not revoked are good again; sessions are not. Raises NotFound."""
    account = account_called(db, name)
    account.disabled_at = None
    db.flush()
    return account


def give_roles(
    db: Session, name: str, roles: Iterable[Role], languages: Iterable[LanguageCode] | None = None
) -> Account:
    """Give an account these roles and no others and, unless None, these languages. Raises NotFound."""
    account = account_called(db, name)
    set_roles(db, account, roles)
    if languages is not None:
        account.languages = sorted(languages)
    db.flush()
    return account


def set_password(db: Session, name: str, password_hash: str | None) -> Account:
    """Store a password's hash, or take the password away; whoever is signed in has to do it again.

    Raises NotFound.
    """
    account = account_called(db, name)
    account.password_hash = password_hash
    end_sessions_of(db, account)
    db.flush()
    return account
