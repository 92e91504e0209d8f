"""Sessions of people who signed in. The cookie holds a secret, the database its hash and whether it has ended."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor
from app.accounts.operations import hash_of, id_of, languages_of
from app.accounts.tables import Account, AccountRole, LoginSession, SignInMethod
from app.db import now
from app.errors import BadToken

LIFE = timedelta(hours=12)
"""A session ends after a working day, however much it is used."""


def open_session(db: Session, account: Account, method: SignInMethod) -> tuple[LoginSession, str]:
    """A new session, and the secret that stands for it. What has expired is swept away by the way."""
    at = now(db)
    db.execute(
        delete(LoginSession).where(col(LoginSession.account_id) == account.id, col(LoginSession.expires_at) <= at)
    )
    secret = secrets.token_urlsafe(32)
    session = LoginSession(
        account_id=id_of(account),
        secret_hash=hash_of(secret),
        method=method,
        created_at=at,
        expires_at=at + LIFE,
    )
    db.add(session)
    db.flush()
    return session, secret


def actor_of_session(db: Session, secret: str) -> Actor:
    """The caller whose browser holds this secret, with all roles of the account. Raises BadToken."""
    return session_holder(db, secret)[0]


def session_holder(db: Session, secret: str) -> tuple[Actor, Account]:
    """The same with the account. Raises BadToken."""
    rows = db.execute(
        select(LoginSession, Account, col(AccountRole.role))
        .join(Account, col(Account.id) == col(LoginSession.account_id))
        .outerjoin(AccountRole, col(AccountRole.account_id) == col(Account.id))
        .where(col(LoginSession.secret_hash) == hash_of(secret))
    ).all()
    if not rows:
        raise BadToken
    session, account, _ = rows[0]
    if session.ended_at is not None or session.expires_at <= now(db) or account.disabled_at is not None:
        raise BadToken
    actor = Actor(
        account_id=account.id,
        party=account.party,
        roles=frozenset(filter(None, (role for _, _, role in rows))),
        languages=languages_of(account.languages),
        session_id=session.id,
    )
    return actor, account


def end_session(db: Session, secret: str) -> LoginSession | None:
    """End the session of this secret, if it has not ended; whose it was."""
    open_ = select(LoginSession).where(
        col(LoginSession.secret_hash) == hash_of(secret), col(LoginSession.ended_at).is_(None)
    )
    session = db.scalars(open_).one_or_none()
    if session is not None:
        session.ended_at = now(db)
        db.flush()
    return session


def end_sessions_of(db: Session, account: Account) -> None:
    """End all sessions of an account."""
    still = (col(LoginSession.account_id) == account.id, col(LoginSession.ended_at).is_(None))
    db.execute(update(LoginSession).where(*still).values(ended_at=now(db)))
