"""What was imported under which name of somebody else's."""

from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class ImportOrigin(SQLModel, table=True):
    """What became of an entry of another collection, so that it is recognised when it comes again."""

    __tablename__ = "import_origin"
    __table_args__: Any = (CheckConstraint("entry_id IS NOT NULL OR proposal IS NOT NULL", name="leads_somewhere"),)

    party: str = Field(primary_key=True, max_length=31)
    """Who imported it: a party does not see what another has in its drafts. Empty for the secretariat."""
    collection: str = Field(primary_key=True, max_length=100)
    external_id: str = Field(primary_key=True, max_length=200)
    """What the collection calls it; `content:` and a digest if it gives it no name."""
    entry_id: int | None = Field(default=None, foreign_key="entry.id")
    proposal: str | None = Field(default=None, max_length=32)
    """The number of the last proposal that was made of it."""
    digest: str = Field(max_length=64)
    """Of the text that came last."""
