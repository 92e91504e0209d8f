"""Idempotency-Key: a request sent twice, because the first answer was lost, does its work once."""

import hashlib
from datetime import datetime
from typing import Annotated, Any

from fastapi import Header, Response
from sqlalchemy import LargeBinary
from sqlalchemy.orm import Session
from sqlmodel import Field, SQLModel

from app.db import now
from app.errors import IdempotencyKeyReused

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern=r"^[!-~]+$",
        description="Any string of yours; a repeated request with it gets the first answer again.",
    ),
]


class KeptAnswer(SQLModel, table=True):
    """The answer to a request that carried a key."""

    __tablename__ = "kept_answer"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    key: str = Field(primary_key=True, max_length=100)
    request_hash: str = Field(max_length=64)
    status: int
    etag: str | None = Field(default=None, max_length=100)
    location: str | None = Field(default=None, max_length=600)
    body: bytes = Field(sa_type=LargeBinary)
    made_at: datetime


def request_hash(*parts: Any) -> str:
    """What tells one request from another."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def kept_answer(db: Session, account_id: int | None, key: str | None, request: str) -> Response | None:
    """The answer already given to this request. Raises IdempotencyKeyReused if the key came with another one."""
    if key is None or account_id is None:
        return None
    kept = db.get(KeptAnswer, (account_id, key))
    if kept is None:
        return None
    if kept.request_hash != request:
        raise IdempotencyKeyReused
    headers = {"ETag": kept.etag, "Location": kept.location, "Cache-Control": "private, no-store"}
    sent = {name: value for name, value in headers.items() if value is not None}
    return Response(kept.body, status_code=kept.status, headers=sent, media_type="application/json")


def keep_answer(db: Session, account_id: int | None, key: str | None, request: str, answer: Response) -> Response:
    """Keep the answer for a repetition, in the transaction of the change itself, and return it."""
    if key is not None and account_id is not None:
        db.add(
            KeptAnswer(
                account_id=account_id,
                key=key,
                request_hash=request,
                status=answer.status_code,
                etag=answer.headers.get("ETag"),
                location=answer.headers.get("Location"),
                body=bytes(answer.body),
                made_at=now(db),
            )
        )
        db.flush()
    return answer
