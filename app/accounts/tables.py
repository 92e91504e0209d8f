"""Parties, accounts and what they sign in with."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.accounts.actor import Role
from app.db import code_column
from app.kept import Kept, kept_as, loose


class Party(SQLModel, table=True):
    """A delegation, as the profile describes it."""

    code: str = Field(primary_key=True, max_length=31)
    consents: bool
    names: dict[str, str] = Field(sa_type=JSON)
    side: str = Field(max_length=31)
    languages: list[str] = Field(sa_type=JSON)
    """Those whose texts it answers for."""
    member_from: date | None = None
    member_until: date | None = None
    """The first and the last day on which its consent counts."""


class Account(SQLModel, table=True):
    """Somebody who acts: a role in a delegation or the secretariat, not a person's name."""

    __table_args__: Any = (
        CheckConstraint("password_hash LIKE '$argon2id$%'", name="password_is_hashed"),
        CheckConstraint("(oidc_issuer IS NULL) = (oidc_subject IS NULL)", name="subject_has_issuer"),
        UniqueConstraint("oidc_issuer", "oidc_subject"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100, unique=True)
    party: str | None = Field(default=None, foreign_key="party.code", max_length=31)
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    """The languages whose texts it may change; empty means all."""
    created_at: datetime
    disabled_at: datetime | None = None
    """Set while it may not act at all."""
    password_hash: str | None = Field(default=None, max_length=200)
    oidc_issuer: str | None = Field(default=None, max_length=500)
    oidc_subject: str | None = Field(default=None, max_length=255)
    """Who it is at the provider of identities."""
    oidc_email: str | None = Field(default=None, max_length=320, unique=True)
    """Whoever first shows this verified address is linked to the account; empty from then on."""


class AccountRole(SQLModel, table=True):
    """One of the roles of an account."""

    __tablename__ = "account_role"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    role: Role = Field(primary_key=True, sa_type=code_column(Role, "role"))


class ApiToken(SQLModel, table=True):
    """A bearer token; only its SHA-256 is kept."""

    __tablename__ = "api_token"
    __table_args__: Any = (CheckConstraint("length(token_hash) = 64", name="token_hash_is_sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    label: str = Field(default="", max_length=100)
    """What its owner knows it by."""
    token_hash: str = Field(max_length=64, unique=True)
    roles: list[str] = Field(sa_type=JSON)
    languages: list[str] = Field(sa_type=JSON)
    """Roles and languages bound the token beside those of its account; no languages means all."""
    read_only: bool = False
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = Field(
        default=None, sa_column_kwargs={"info": loose("it is noted now and then, and nothing follows from it")}
    )
    """To some minutes; see `app/accounts/uses.py`."""


class SignInMethod(StrEnum):
    """What somebody has shown to sign in."""

    PASSWORD = "password"  # noqa: S105
    OIDC = "oidc"


class LoginSession(SQLModel, table=True):
    """Somebody signed in in a browser; only the SHA-256 of the secret in the cookie is kept."""

    __tablename__ = "login_session"
    __table_args__: Any = (CheckConstraint("length(secret_hash) = 64", name="secret_hash_is_sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    secret_hash: str = Field(max_length=64, unique=True)
    method: SignInMethod = Field(sa_type=code_column(SignInMethod, "method"))
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None


class LoginThrottle(SQLModel, table=True):
    """How often sign-in was tried under one name or from one address."""

    __tablename__ = "login_throttle"
    __table_args__: Any = (
        CheckConstraint("length(key) = 64", name="key_is_hmac"),
        {"info": kept_as(Kept.PASSING)},
    )

    key: str = Field(primary_key=True, max_length=64)
    """An HMAC: people type passwords into the field of the name, and addresses are theirs alone."""
    attempts: int
    last_at: datetime = Field(index=True)
    blocked_until: datetime | None = None


class SigningKey(SQLModel, table=True):
    """The one key that signs cookies, unless SESSION_SECRET is set."""

    __tablename__ = "signing_key"
    __table_args__: Any = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(max_length=64)
