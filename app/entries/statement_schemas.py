"""What the API takes and gives for statements on adopted texts."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.entries.content import EntryContent
from app.entries.statement_tables import StatementKind
from app.entries.text import Passage
from app.languages.codes import LanguageCode


class NewStatement(BaseModel):
    """A statement in the party's own language, on the current version."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: StatementKind
    element: Annotated[str, Field(max_length=300)] = Field(
        default="", description="The field that it is about; empty for the whole text."
    )
    language: LanguageCode
    text: Passage
    translations: dict[LanguageCode, Passage] = Field(default={}, description="Unofficial ones.")
    alternative: Passage | None = Field(default=None, description="The text that the party uses instead.")
    reconfirms: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = Field(
        default=None, description="The party's statement on an earlier version that this one carries over."
    )


class StatementOut(BaseModel):
    """A statement of a party. It does not stop agreement, and travels with the entry."""

    id: int
    kind: StatementKind
    party: str
    version: int
    element: str
    language: LanguageCode
    text: str
    translations: dict[str, str] = Field(description="Unofficial.")
    alternative: str | None
    decision: str | None = Field(description="The decision with which it was made; null if it came after it.")
    reconfirms: int | None
    made: datetime
    withdrawn: datetime | None


class StatementList(BaseModel):
    entry: str
    items: list[StatementOut]


class ParallelTextOut(BaseModel):
    """The text of one side. It is not an agreed text."""

    side: str
    decision: str
    digest: str
    content: EntryContent
