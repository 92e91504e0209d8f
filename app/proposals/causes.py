"""An event as somebody causes it, and what it did to the public entry."""

from dataclasses import dataclass

from app.accounts.actor import Actor
from app.canonical import encode
from app.entries.tables import Decision
from app.history.tables import EntryChange
from app.proposals.inputs import EventInput
from app.proposals.workflow import Event, Given

NOTHING_GIVEN = EventInput()
_AT_MEETINGS = (Event.AGREE, Event.AGREE_AD_REFERENDUM)


@dataclass(frozen=True)
class Cause:
    """Who causes which event, with what."""

    actor: Actor
    event: Event
    body: EventInput = NOTHING_GIVEN
    bundle: str = ""
    """Of a silence procedure to be opened: what it is to hold, in canonical form."""
    entry_id: int | None = None
    """The number of a new entry that the shipped glossary has already numbered."""
    decision: Decision | None = None
    """The decision that has been made for the whole batch."""

    @property
    def terms(self) -> str:
        """What the partners of a joint event must agree on beside the text."""
        if self.event in _AT_MEETINGS:
            return encode({"absent": sorted(set(self.body.absent)), "scope": self.body.scope.value})
        return self.bundle

    @property
    def given(self) -> Given:
        """What comes with the event, as the engine sees it."""
        objection = self.body.objection
        return Given(
            reason=self.body.reason,
            alternative=objection is not None and objection.alternative is not None,
            cannot_accept_concept=objection is not None and objection.cannot_accept_concept,
            meeting=self.body.meeting,
            statement=self.body.statement is not None,
            own_text=self.body.content is not None,
            # What a bundle would hold is worked out when silence is really asked for, not when it is tried.
            terms=None if self.event is Event.OPEN_SILENCE and not self.bundle else self.terms,
        )


@dataclass(frozen=True)
class Change:
    """What became of the entry."""

    kind: EntryChange | None = None
    before: str | None = None
    """The digest of the public text before."""
    decision: str | None = None
    version: int | None = None


NO_CHANGE = Change()
