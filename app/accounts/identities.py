"""Who an account is at the provider of identities. Only an administrator links the two."""

import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.operations import account_called
from app.accounts.sessions import end_sessions_of
from app.accounts.tables import Account
from app.errors import IdentityTaken, InvalidInput

LONGEST_EMAIL = 320
LONGEST_SUBJECT = 255
"""OpenID Connect Core 1.0, section 2."""


def link_subject(db: Session, name: str, issuer: str, subject: str) -> Account:
    """Let whoever is `subject` at the provider sign in to the account.

    Raises NotFound, InvalidInput, IdentityTaken.
    """
    account = account_called(db, name)
    if not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise InvalidInput(field="subject", reason="bad_subject")
    same = select(Account).where(col(Account.oidc_issuer) == issuer, col(Account.oidc_subject) == subject)
    if (other := db.scalars(same).one_or_none()) is not None and other is not account:
        raise IdentityTaken
    unlink(db, name)
    account.oidc_issuer, account.oidc_subject = issuer, subject
    db.flush()
    return account


def invite(db: Session, name: str, email: str) -> Account:
    """Link the account to whoever first shows this verified address.

    Raises NotFound, InvalidInput, IdentityTaken.
    """
    account, address = account_called(db, name), folded(email)
    if len(address) > LONGEST_EMAIL or not address.isprintable() or " " in address or "@" not in address[1:-1]:
        raise InvalidInput(field="email", reason="bad_email")
    other = db.scalars(select(Account).where(col(Account.oidc_email) == address)).one_or_none()
    if other is not None and other is not account:
        raise IdentityTaken
    unlink(db, name)
    account.oidc_email = address
    db.flush()
    return account


def unlink(db: Session, name: str) -> Account:
    """Let no identity of the provider sign in to the account, and end its sessions. Raises NotFound."""
    account = account_called(db, name)
    account.oidc_issuer = account.oidc_subject = account.oidc_email = None
    end_sessions_of(db, account)
    db.flush()
    return account


def linked_account(db: Session, issuer: str, subject: str) -> Account | None:
    """The account of an identity that the provider vouches for, if one is linked to it."""
    known = select(Account).where(col(Account.oidc_issuer) == issuer, col(Account.oidc_subject) == subject)
    return db.scalars(known).one_or_none()


def accept_invitation(db: Session, issuer: str, subject: str, verified_email: str) -> Account | None:
    """Link an identity to the account to which its address was invited, if there is one.

    An address counts once: the account is the subject's from then on, whoever gets the address after that.
    """
    invited = select(Account).where(col(Account.oidc_email) == folded(verified_email))
    account = db.scalars(invited).one_or_none()
    if account is not None:
        account.oidc_issuer, account.oidc_subject, account.oidc_email = issuer, subject, None
        db.flush()
    return account


def folded(email: str) -> str:
    """An address as it is compared."""
    return unicodedata.normalize("NFC", email.strip()).casefold()
