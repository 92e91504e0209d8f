"""Every table of the service: importing this module makes the whole schema known."""

from sqlmodel import SQLModel

from app.accounts import tables as accounts
from app.entries import tables as entries
from app.history import tables as history
from app.http import idempotency
from app.proposals import tables as proposals

__all__ = ["accounts", "entries", "history", "idempotency", "metadata", "proposals"]

metadata = SQLModel.metadata
