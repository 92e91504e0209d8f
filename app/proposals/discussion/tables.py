"""What is said about proposals while they are worked on."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel


class Comment(SQLModel, table=True):
    """A remark on a proposal, or an answer to one. It is never changed; who erred adds another."""

    __table_args__: Any = (Index("ix_comment_proposal_id_id", "proposal_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id")
    revision: int
    parent_id: int | None = Field(default=None, foreign_key="comment.id")
    """The remark that it answers."""
    element: str | None = Field(default=None, sa_type=Text)
    """The field that it is about, such as `languages.fr.definition`."""
    language: str = Field(max_length=2)
    text: str = Field(sa_type=Text)
    party: str | None = Field(default=None, foreign_key="party.code", max_length=31)
    account_id: int = Field(foreign_key="account.id")
    written_at: datetime
    settles: bool = False
    """Its author holds that nothing is left to be done about the remark that it answers."""
