"""Parties, accounts and API tokens."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel


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

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100, unique=True)
    party: str | None = Field(default=None, foreign_key="party.code", max_length=31)
    created_at: datetime


class ApiToken(SQLModel, table=True):
    """A bearer token; only its SHA-256 is kept."""

    __tablename__ = "api_token"
    __table_args__: Any = (CheckConstraint("length(token_hash) = 64", name="token_hash_is_sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    roles: list[str] = Field(sa_type=JSON)
    languages: list[str] = Field(sa_type=JSON)
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
