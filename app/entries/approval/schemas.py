"""What the API takes and gives for endorsements and accessions."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.entries.schemas import DecisionOut
from app.entries.text import Passage
from app.languages.codes import LanguageCode
from app.profile import ApprovalLevel

MOST = 500
Designation = Annotated[
    str, StringConstraints(pattern=r"^TMD-[0-9]{4,10}/[0-9]{1,6}(/C[0-9]{1,4})?$", max_length=40)
]


class NewEndorsement(BaseModel):
    """The approval of adopted texts by a higher body, as a co-chair records it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: ApprovalLevel = Field(description="The level of that body.")
    versions: Annotated[list[Designation], Field(min_length=1, max_length=MOST)] = Field(
        description="What it approved, each as it is cited.", examples=[["TMD-0017/2"]]
    )
    note: Passage = Field(description="Which body approved them, when and in which document.")


class EndorsementOut(BaseModel):
    """An endorsement, and whose record it still waits for."""

    level: ApprovalLevel
    versions: list[str]
    note: str
    recorded: list[str] = Field(description="The parties whose co-chairs have recorded it.")
    waits_for: list[str] = Field(description="The sides whose co-chairs have not.")
    decision: DecisionOut | None = Field(description="The decision, once all sides have recorded the same.")


class EndorsementList(BaseModel):
    items: list[EndorsementOut]


class NewAccession(BaseModel):
    """A statement that a party which joined later consents to a past decision."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: LanguageCode
    text: Passage
