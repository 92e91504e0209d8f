"""Parties, accounts and their tokens."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor, Role
from app.accounts.tables import Account, AccountRole, ApiToken, Party
from app.db import has_changes, now
from app.errors import (
    AccountExists,
    AccountIsDisabled,
    AccountOfAnotherParty,
    BadToken,
    InvalidInput,
    NotFound,
    TokenExceedsAccount,
    UnknownParty,
)
from app.languages.codes import LANGUAGES, LanguageCode
from app.profile import PartyProfile, Profile

TOKEN_PREFIX = "tmd_"  # noqa: S105
"""Lets secret scanners recognise a token that was committed or pasted by mistake."""

SECRETARIAT = "secretariat"
"""The account under which the command line acts."""

# Names stand in logs of others, in commands and in lists: nothing that could be taken for another name, or for
# a second line.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,99}")


# ---- parties


def adopt_profile(db: Session, profile: Profile) -> bool:
    """Make the parties in the database those of the profile; whether that changed anything.

    A party that has left the profile stays for its past acts, and its consent is no longer needed.
    """
    kept = {party.code for party in profile.parties}
    with db.no_autoflush:
        for row in db.scalars(select(Party)).all():
            row.consents = row.consents and row.code in kept
        for party in profile.parties:
            db.merge(_row_of(party))
        changed = has_changes(db)
    db.flush()
    return changed


def _row_of(party: PartyProfile) -> Party:
    return Party(
        code=party.code,
        consents=party.consents,
        names={str(code): name for code, name in party.name.items()},
        side=party.side,
        languages=sorted(party.languages),
        member_from=party.member_from,
        member_until=party.member_until,
    )


# ---- accounts


def account_called(db: Session, name: str) -> Account:
    """The account of this name. Raises NotFound."""
    account = find_account(db, name)
    if account is None:
        raise NotFound(what="account", ref=name)
    return account


def create_account(
    db: Session,
    *,
    name: str,
    roles: Iterable[Role],
    party: str | None = None,
    languages: Iterable[LanguageCode] = (),
) -> Account:
    """A new account, which cannot sign in yet. Raises InvalidInput, UnknownParty, AccountExists."""
    if _NAME.fullmatch(name) is None:
        raise InvalidInput(field="name", reason="bad_account_name")
    if party is not None and db.get(Party, party) is None:
        raise UnknownParty(field="party", party=party)
    if find_account(db, name) is not None:
        raise AccountExists(field="name", name=name)
    account = Account(name=name, party=party, languages=sorted(languages), created_at=now(db))
    db.add(account)
    db.flush()
    set_roles(db, account, roles)
    return account


def account_named(db: Session, name: str, party: str | None, roles: Iterable[Role] = ()) -> Account:
    """The account of this name, made with these roles if there is none.

    Raises InvalidInput, UnknownParty, AccountOfAnotherParty.
    """
    account = find_account(db, name)
    if account is None:
        return create_account(db, name=name, party=party, roles=roles)
    if party is not None and db.get(Party, party) is None:
        raise UnknownParty(field="party", party=party)
    if account.party != party:
        # The same name for two parties would let one of them act in the record of the other.
        raise AccountOfAnotherParty(field="name", name=name)
    return account


def roles_of(db: Session, account: Account) -> frozenset[Role]:
    """The roles that an account has now."""
    held = select(col(AccountRole.role)).where(col(AccountRole.account_id) == account.id)
    return frozenset(db.scalars(held))


def set_roles(db: Session, account: Account, roles: Iterable[Role]) -> None:
    """Give an account these roles and no others; its tokens lose at once what they are not."""
    wanted, held = frozenset(roles), roles_of(db, account)
    for role in sorted(held - wanted):
        db.delete(db.get_one(AccountRole, (account.id, role)))
    db.add_all(AccountRole(account_id=id_of(account), role=role) for role in sorted(wanted - held))
    db.flush()


def secretariat(db: Session) -> Actor:
    """The actor of the command line, whose user could change the database anyway."""
    account = account_named(db, SECRETARIAT, None, {Role.SECRETARIAT})
    return Actor(account_id=account.id, roles=frozenset({Role.SECRETARIAT}))


def id_of(account: Account) -> int:
    """The id of an account that has been flushed."""
    if account.id is None:
        raise RuntimeError("the account has not been flushed")
    return account.id


def find_account(db: Session, name: str) -> Account | None:
    """The account of this name, if there is one."""
    return db.scalars(select(Account).where(col(Account.name) == name)).one_or_none()


# ---- tokens


def create_token(
    db: Session,
    *,
    name: str,
    roles: frozenset[Role],
    party: str | None = None,
    languages: frozenset[LanguageCode] = frozenset(),
    valid_for: timedelta | None = None,
) -> str:
    """A new token for the account `name`, in the clear, for this one time. An account that is made gets its roles.

    Raises InvalidInput, UnknownParty, AccountOfAnotherParty, AccountIsDisabled, TokenExceedsAccount.
    """
    account = account_named(db, name, party, roles)
    return add_token(db, account, roles=roles, languages=languages, valid_for=valid_for)[1]


def add_token(
    db: Session,
    account: Account,
    *,
    roles: frozenset[Role],
    languages: frozenset[LanguageCode] = frozenset(),
    read_only: bool = False,
    label: str = "",
    valid_for: timedelta | None = None,
) -> tuple[ApiToken, str]:
    """A new token, and its clear text for this one time. Raises AccountIsDisabled, TokenExceedsAccount."""
    if account.disabled_at is not None:
        raise AccountIsDisabled(field="name", name=account.name)
    if excess := roles - roles_of(db, account):
        raise TokenExceedsAccount(field="roles", excess=sorted(excess))
    if account.languages and (beyond := languages - frozenset(account.languages)):
        raise TokenExceedsAccount(field="languages", excess=sorted(beyond))
    clear, made = TOKEN_PREFIX + secrets.token_urlsafe(32), now(db)
    token = ApiToken(
        account_id=id_of(account),
        label=label,
        token_hash=hash_of(clear),
        roles=sorted(roles),
        languages=sorted(languages),
        read_only=read_only,
        created_at=made,
        expires_at=made + valid_for if valid_for is not None else None,
    )
    db.add(token)
    db.flush()
    return token, clear


def revoke_tokens(db: Session, name: str) -> Account:
    """End all tokens of the account `name`. Raises NotFound."""
    account = account_called(db, name)
    valid = select(ApiToken).where(col(ApiToken.account_id) == account.id, col(ApiToken.revoked_at).is_(None))
    for token in db.scalars(valid):
        token.revoked_at = now(db)
    db.flush()
    return account


def actor_of_token(db: Session, token: str) -> Actor:
    """The caller that a token stands for: what the token may be and its account still is. Raises BadToken."""
    rows = db.execute(
        select(ApiToken, Account, col(AccountRole.role))
        .join(Account, col(Account.id) == col(ApiToken.account_id))
        .outerjoin(AccountRole, col(AccountRole.account_id) == col(Account.id))
        .where(col(ApiToken.token_hash) == hash_of(token))
    ).all()
    if not rows:
        raise BadToken
    found, account, _ = rows[0]
    if found.revoked_at is not None or (found.expires_at is not None and found.expires_at <= now(db)):
        raise BadToken
    held = frozenset(filter(None, (role for _, _, role in rows)))
    if account.disabled_at is not None or held.isdisjoint(found.roles):
        raise BadToken
    return Actor(
        account_id=account.id,
        party=account.party,
        roles=frozenset(role for role in held if role in found.roles),
        languages=_in_both(account.languages, found.languages),
        read_only=found.read_only,
        token_id=found.id,
    )


def hash_of(secret: str) -> str:
    """What is stored of a secret that we made: it has 256 random bits, so a fast hash cannot be searched."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def languages_of(codes: Iterable[str]) -> frozenset[LanguageCode]:
    """Stored codes as languages."""
    stored = frozenset(codes)
    return frozenset(code for code in LANGUAGES if code in stored)


def _in_both(account: list[str], token: list[str]) -> frozenset[LanguageCode]:
    """The languages that both allow, no list meaning all. Raises BadToken if there is none."""
    if not (account and token):
        return languages_of(account or token)
    # Empty would mean all of them.
    if not (both := languages_of(set(account) & set(token))):
        raise BadToken
    return both
