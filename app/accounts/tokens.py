"""The tokens of one account, by their ids."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.tables import Account, ApiToken
from app.db import now
from app.errors import NotFound, TooManyTokens

MOST = 50
"""Valid tokens of an account that makes its own."""


def valid_tokens(db: Session, account_id: int | None) -> Sequence[ApiToken]:
    """The tokens of an account that are neither revoked nor expired, oldest first."""
    valid = select(ApiToken).where(
        col(ApiToken.account_id) == account_id,
        col(ApiToken.revoked_at).is_(None),
        or_(col(ApiToken.expires_at).is_(None), col(ApiToken.expires_at) > now(db)),
    )
    return db.scalars(valid.order_by(col(ApiToken.id))).all()


def all_tokens(db: Session, name: str | None) -> Sequence[tuple[ApiToken, Account]]:
    """The tokens that were ever made, or those of one account, by account, oldest first."""
    made = select(ApiToken, Account).join(Account, col(Account.id) == col(ApiToken.account_id))
    if name is not None:
        made = made.where(col(Account.name) == name)
    rows = db.execute(made.order_by(col(Account.name), col(ApiToken.id)))
    return [(token, account) for token, account in rows]


def refuse_one_more(db: Session, account_id: int | None) -> None:
    """Raises TooManyTokens if the account has as many as it may make for itself."""
    if len(valid_tokens(db, account_id)) >= MOST:
        raise TooManyTokens(limit=MOST)


def revoke_token(db: Session, account_id: int | None, token_id: int) -> ApiToken:
    """End one token of an account. Raises NotFound, also where it has ended or is another's."""
    found = next((token for token in valid_tokens(db, account_id) if token.id == token_id), None)
    if found is None:
        raise NotFound(what="token", ref=token_id)
    found.revoked_at = now(db)
    db.flush()
    return found
