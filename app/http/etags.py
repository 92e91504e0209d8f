"""Entity tags: conditional reads (304) and edits that cannot overwrite what the editor has not seen."""

import hashlib
from typing import Annotated

from fastapi import Header, Request, Response
from pydantic import BaseModel

from app.errors import PreconditionNeeded, StaleVersion
from app.http.deps import end_reading

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=200, description="The ETag of the proposal as you read it."),
]

PUBLIC = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-store"


def reply(
    request: Request,
    body: BaseModel,
    *,
    status: int = 200,
    etag: str | None = None,
    cache: str = PUBLIC,
    headers: dict[str, str] | None = None,
) -> Response:
    """The body as JSON with its ETag; of a public one, 304 if the reader has it already."""
    content = body.model_dump_json().encode("utf-8")
    return reply_bytes(request, content, "application/json", status=status, etag=etag, cache=cache, headers=headers)


def reply_bytes(
    request: Request,
    content: bytes,
    media_type: str,
    *,
    status: int = 200,
    etag: str | None = None,
    cache: str = PUBLIC,
    headers: dict[str, str] | None = None,
) -> Response:
    """The same for an answer of any kind; its ETag is made of its bytes unless one is given."""
    end_reading(request)
    tag = etag or f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    sent = {"ETag": tag, "Cache-Control": cache, **(headers or {})}
    if cache == PUBLIC and request.method in ("GET", "HEAD") and matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=sent)
    return Response(content, status_code=status, headers=sent, media_type=media_type)


def matches(header: str | None, etag: str) -> bool:
    """Whether an If-None-Match header names the tag; weak comparison (RFC 9110, 13.1.2)."""
    if header is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags


def require_match(header: str | None, etag: str) -> None:
    """Let an edit through only if its If-Match names the present state. Raises PreconditionNeeded, StaleVersion."""
    if header is None:
        raise PreconditionNeeded
    tags = [tag.strip() for tag in header.split(",")]
    if "*" not in tags and etag not in tags:
        raise StaleVersion
