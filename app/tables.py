"""Every table of the service: importing this module makes the whole schema known, and has its rows sealed."""

from sqlmodel import SQLModel

from app.accounts import tables as accounts
from app.entries import tables as entries
from app.entries.indexing import tables as indexing
from app.findings import tables as findings
from app.history import sealing
from app.history import tables as history
from app.http import idempotency
from app.proposals import tables as proposals

__all__ = [
    "accounts",
    "entries",
    "findings",
    "history",
    "idempotency",
    "indexing",
    "metadata",
    "proposals",
    "sealing",
]

metadata = SQLModel.metadata
