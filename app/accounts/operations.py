"""Accounts and their tokens."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor, Role
from app.accounts.tables import Account, ApiToken, Party
from app.db import has_changes, now
from app.errors import AccountOfAnotherParty, BadToken, NotFound, UnknownParty
from app.languages.codes import LANGUAGES, LanguageCode
from app.profile import PartyProfile, Profile

TOKEN_PREFIX = "tmd_"  # noqa: S105
"""Lets secret scanners recognise a token that was committed or pasted by mistake."""

SECRETARIAT = "secretariat"
"""The account under which the command line acts."""


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


def account_named(db: Session, name: str, party: str | None) -> Account:
    """The account of this name, made if there is none. Raises UnknownParty, AccountOfAnotherParty."""
    if party is not None and db.get(Party, party) is None:
        raise UnknownParty(field="party", party=party)
    account = db.scalars(select(Account).where(col(Account.name) == name)).one_or_none()
    if account is None:
        account = Account(name=name, party=party, created_at=now(db))
        db.add(account)
        db.flush()
    elif account.party != party:
        # The same name for two parties would let one of them act in the record of the other.
        raise AccountOfAnotherParty(field="name", name=name)
    return account


def create_token(
    db: Session,
    *,
    name: str,
    roles: frozenset[Role],
    party: str | None = None,
    languages: frozenset[LanguageCode] = frozenset(),
    valid_for: timedelta | None = None,
) -> str:
    """A new token for the account `name`, in the clear, for this one time.

    Raises UnknownParty, AccountOfAnotherParty.
    """
    account = account_named(db, name, party)
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    made = now(db)
    db.add(
        ApiToken(
            account_id=_id(account),
            token_hash=_hash(token),
            roles=sorted(roles),
            languages=sorted(languages),
            created_at=made,
            expires_at=made + valid_for if valid_for is not None else None,
        )
    )
    db.flush()
    return token


def revoke_tokens(db: Session, name: str) -> Account:
    """End all tokens of the account `name`. Raises NotFound."""
    account = db.scalars(select(Account).where(col(Account.name) == name)).one_or_none()
    if account is None:
        raise NotFound(what="account", ref=name)
    valid = select(ApiToken).where(col(ApiToken.account_id) == account.id, col(ApiToken.revoked_at).is_(None))
    for token in db.scalars(valid):
        token.revoked_at = now(db)
    db.flush()
    return account


def actor_of_token(db: Session, token: str) -> Actor:
    """The caller that a token stands for. Raises BadToken."""
    row = db.execute(
        select(ApiToken, Account)
        .join(Account, col(Account.id) == col(ApiToken.account_id))
        .where(col(ApiToken.token_hash) == _hash(token))
    ).one_or_none()
    if row is None:
        raise BadToken
    found, account = row
    if found.revoked_at is not None or (found.expires_at is not None and found.expires_at <= now(db)):
        raise BadToken
    return Actor(
        account_id=account.id,
        party=account.party,
        roles=frozenset(Role(role) for role in found.roles),
        languages=frozenset(code for code in LANGUAGES if code in found.languages),
    )


def secretariat(db: Session) -> Actor:
    """The actor of the command line, whose user could change the database anyway."""
    account = account_named(db, SECRETARIAT, None)
    return Actor(account_id=account.id, roles=frozenset({Role.SECRETARIAT}))


def _hash(token: str) -> str:
    # A token has 256 random bits, so one round of a fast hash cannot be searched.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _id(account: Account) -> int:
    if account.id is None:
        raise RuntimeError("the account has not been flushed")
    return account.id
