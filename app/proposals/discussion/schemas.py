"""What the API takes and gives for remarks."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from app.entries.text import Passage
from app.languages.codes import LanguageCode
from app.proposals.inputs import Element, Input


class NewComment(Input):
    text: Passage
    language: LanguageCode
    parent: Annotated[int, Field(ge=1)] | None = Field(default=None, description="The remark that it answers.")
    element: Element | None = Field(default=None, description="The field that it is about.")
    settles: bool = Field(default=False, description="Nothing is left to be done about the remark that it answers.")


class CommentOut(BaseModel):
    id: int
    proposal: str
    revision: int
    parent: int | None
    element: str | None
    language: LanguageCode
    text: str
    party: str | None = Field(description="Null for the secretariat.")
    settles: bool
    written: datetime


class CommentPage(BaseModel):
    items: list[CommentOut]
    next: str | None
