"""What the API says of findings, and takes as answers to them."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.entries.lint.finding import Severity
from app.entries.text import Passage
from app.languages.codes import LanguageCode

CheckId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,62}$")]


class NewWaiver(BaseModel):
    """A reason why a warning does not hold for this text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    check: CheckId = Field(examples=["circular-definition"])
    element: Annotated[str, StringConstraints(min_length=1, max_length=600)] = Field(
        examples=["languages.fr.definition.text"]
    )
    reason: Passage


class SpanOut(BaseModel):
    """A stretch of the text of the element, in code points; `end` is the first one after it."""

    start: int
    end: int


class WaiverOut(BaseModel):
    reason: str
    party: str | None = Field(description="The party that answered; null for the secretariat.")
    signed: datetime | None = Field(description="Null while the answer only stands in a glossary file.")


class FindingOut(BaseModel):
    """A remark of the linter on one field."""

    check: str = Field(description="The stable id of the rule.", examples=["circular-definition"])
    severity: Severity = Field(
        description="An `error` keeps the text from being submitted or agreed; a `warning` from being agreed"
        " until it is answered; `information` stops nothing."
    )
    element: str = Field(examples=["languages.fr.definition.text"])
    language: LanguageCode | None
    span: SpanOut | None
    message: str = Field(description="What is wrong, in the reader's language.")
    hint: str = Field(description="What to do about it, in the reader's language.")
    fix: str | None = Field(description="What could stand in place of the span, where that is certain.")
    waiver: WaiverOut | None = Field(description="The answer that was given to a warning.")


class FindingList(BaseModel):
    """What the linter says of one text."""

    digest: str = Field(description="Of the text that was looked at.")
    items: list[FindingOut]
