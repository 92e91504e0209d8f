"""The change feed: what a mirror of the public entries needs to stay up to date."""

import json
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from app.entries.numbers import entry_number
from app.entries.presenting import entry_uri
from app.history.operations import changes_since
from app.history.tables import AuditEvent, EntryChange
from app.http.deps import AppSettings, ReadDb
from app.http.etags import reply
from app.http.params import Limit
from app.http.problems import problems

router = APIRouter(prefix="/v1", tags=["entries"])


class ChangeOut(BaseModel):
    seq: int
    at: datetime
    change: EntryChange
    entry: str = Field(examples=["TMD-0017"])
    uri: str
    version: int | None
    decision: str | None
    digest: str | None


class ChangePage(BaseModel):
    items: list[ChangeOut]
    next: int | None = Field(description="The `since` of the next page; null if this is the last.")
    latest: int = Field(description="The `since` with which to ask again later.")


@router.get("/changes", response_model=ChangePage, responses=problems(), summary="What has changed since")
def list_changes(
    request: Request,
    db: ReadDb,
    settings: AppSettings,
    since: Annotated[int, Query(ge=0, le=2_000_000_000, description="A sequence number; 0 for everything.")] = 0,
    limit: Limit = 100,
) -> Response:
    """Changes of public texts and statuses in the order in which they were committed; none is ever missed."""
    found = changes_since(db, since, limit + 1)
    shown = found[:limit]
    latest = shown[-1].seq if shown else since
    page = ChangePage(
        items=[change_out(event, settings.public_url) for event in shown],
        next=latest if len(found) > limit else None,
        latest=latest,
    )
    return reply(request, page)


def change_out(event: AuditEvent, public_url: str) -> ChangeOut:
    """An event of the change feed as everybody may read it."""
    if event.change is None or event.entry_id is None:
        raise RuntimeError("an event of the change feed is about an entry")
    detail = json.loads(event.detail)
    withdrawn = event.change is EntryChange.WITHDRAWN
    return ChangeOut(
        seq=event.seq,
        at=event.at,
        change=event.change,
        entry=entry_number(event.entry_id),
        uri=entry_uri(public_url, event.entry_id),
        version=detail.get("version"),
        decision=detail.get("decision"),
        digest=None if withdrawn else event.after,
    )
