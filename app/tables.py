"""Every table of the service: importing this module makes the whole schema known, and has its rows sealed."""

from sqlmodel import SQLModel

from app.accounts import tables as accounts
from app.entries import statement_tables as statements
from app.entries import tables as entries
from app.entries.approval import tables as approval
from app.entries.indexing import tables as indexing
from app.exchange import tables as exchange
from app.findings import tables as findings
from app.history import sealing
from app.history import tables as history
from app.http import idempotency
from app.proposals import tables as proposals
from app.proposals.assurance import tables as assurance
from app.proposals.discussion import tables as discussion
from app.proposals.meetings import tables as meetings
from app.proposals.positions import tables as positions
from app.proposals.silence import tables as silence
from app.webhooks import tables as webhooks

__all__ = [
    "accounts",
    "approval",
    "assurance",
    "discussion",
    "entries",
    "exchange",
    "findings",
    "history",
    "idempotency",
    "indexing",
    "meetings",
    "metadata",
    "positions",
    "proposals",
    "sealing",
    "silence",
    "statements",
    "webhooks",
]

metadata = SQLModel.metadata
