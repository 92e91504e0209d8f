"""What the API takes for proposals."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.entries.content import EntryContent, EntryNumber
from app.entries.statement_tables import StatementKind
from app.entries.tables import Scope
from app.entries.text import Passage, visible_text
from app.languages.codes import LanguageCode
from app.profile import PartyCode
from app.proposals.positions.tables import ObjectionType, PositionKind
from app.proposals.silence.tables import Period
from app.proposals.workflow import ProposalKind


class Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


BaseVersion = Annotated[int, Field(ge=1, le=1_000_000)]
Element = Annotated[str, StringConstraints(max_length=300), AfterValidator(visible_text)]
"""The path of a field of a text, such as `languages.ru.terms[ракета].gender`."""
ProposalNumber = Annotated[str, StringConstraints(pattern=r"^P\([0-9]{4}\)[0-9]{4,9}$")]
MeetingNumber = Annotated[str, StringConstraints(pattern=r"^M\([0-9]{4}\)[0-9]{2,9}$")]


class NewProposal(Input):
    """A request to create an entry, to change one, or to end one."""

    kind: ProposalKind
    entry: EntryNumber | None = Field(default=None, description="The entry to change or end; absent for a new one.")
    base_version: BaseVersion | None = Field(
        default=None, description="The version that the text was written against."
    )
    content: EntryContent | None = Field(
        default=None,
        description="The whole text as it should become; absent for an entry to be withdrawn or superseded.",
    )
    successor: EntryNumber | None = Field(default=None, description="The agreed entry that is to supersede it.")
    reopens: ProposalNumber | None = Field(
        default=None, description="A proposal that came to nothing, or was deferred, and is taken up again."
    )
    justification: Passage


class NewRevision(Input):
    """The next text of a proposal."""

    content: EntryContent
    base_version: BaseVersion | None = Field(
        default=None, description="A later version of the entry that the text now takes into account."
    )


class ObjectionInput(Input):
    """What a party cannot accept, and what it could accept instead."""

    type: ObjectionType
    element: Element = Field(description="The field objected to, such as `languages.ru.definition`.")
    language: LanguageCode = Field(description="In which reason and alternative are given.")
    alternative: Passage | None = Field(default=None, description="The text that the party could accept.")
    cannot_accept_concept: bool = Field(
        default=False, description="The only objection without an alternative text."
    )


class StatementInput(Input):
    """A reservation, interpretative statement or national usage note, in the party's own language."""

    kind: StatementKind
    element: Element = Field(default="", description="The field that it is about; empty for the whole text.")
    language: LanguageCode
    text: Passage
    translations: dict[LanguageCode, Passage] = Field(default={}, description="Unofficial ones.")
    alternative: Passage | None = Field(default=None, description="The text that the party uses instead.")


class EventInput(Input):
    """What goes with an event. Which of it an event needs is told by its conditions."""

    reason: Passage | None = None
    objection: ObjectionInput | None = Field(default=None, description="With break, refuse and object.")
    statement: StatementInput | None = Field(default=None, description="With reserve.")
    element: Element = Field(default="", description="With concur and abstain: the field that they are about.")
    period: Period | None = Field(default=None, description="With open-silence; the usual one if absent.")
    meeting: MeetingNumber | None = Field(default=None, description="With table.")
    absent: Annotated[list[PartyCode], Field(max_length=100)] = Field(
        default=[], description="With agree: parties of the consensus set that were not at the meeting."
    )
    scope: Scope = Field(default=Scope.FULL, description="With agree: what of the text is agreed.")
    content: EntryContent | None = Field(default=None, description="With diverge: the text of the caller's side.")


class NewPosition(Input):
    """What a party holds of the current text. While silence runs, an objection is a break, which is an event."""

    kind: PositionKind
    reason: Passage | None = None
    element: Element = Field(default="", description="With concur and abstain: the field that they are about.")
    objection: ObjectionInput | None = Field(default=None, description="With object.")
    statement: StatementInput | None = Field(default=None, description="With reserve.")
