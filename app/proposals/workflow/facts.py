"""All that the engine looks at: what a proposal is, and what comes with an event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.policy import Work
from app.proposals.workflow.states import Event, ProposalKind, State


def _none() -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Faults:
    """The findings of the linter that stand in the way, each as `check: element`.

    They are worked out only where a guard needs to know.
    """

    of_draft: Callable[[], Sequence[str]] = _none
    """Errors, but for what a draft may still lack."""
    of_final: Callable[[], Sequence[str]] = _none
    """Errors in a text that is to be agreed."""
    unanswered: Callable[[], Sequence[str]] = _none
    """Warnings for which nobody has given a reason."""


NO_FAULTS = Faults()


@dataclass(frozen=True)
class Signed:
    """What a party has recorded in this state, and on which terms: those of a joint event must be the same."""

    event: Event
    terms: str = ""

    def is_for(self, event: Event, terms: str | None) -> bool:
        """Whether it is a record of this event on these terms; on any, if None are given."""
        return self.event is event and terms in (None, self.terms)


@dataclass(frozen=True)
class Given:
    """What comes with an event, as far as guards look at it."""

    reason: str | None = None
    alternative: bool = False
    """A text to put in place of what is objected to."""
    cannot_accept_concept: bool = False
    """The only objection that needs no alternative text."""
    meeting: str | None = None
    """The number of a meeting."""
    statement: bool = False
    """The text of a reservation, statement or usage note."""
    own_text: bool = False
    """The parallel text of the caller's side."""
    terms: str | None = ""
    """What the partners of a joint event must agree on beside the text, in canonical form; None: as they did."""


EVERYTHING = Given("-", alternative=True, meeting="-", statement=True, own_text=True, terms=None)
"""Whatever an event may need, for asking what would stand in its way beside that."""


@dataclass(frozen=True)
class Facts:
    """A proposal at one moment."""

    state: State
    work: Work
    now: datetime
    kind: ProposalKind = ProposalKind.NEW
    base_is_current: bool = True
    """The entry still has the version that the text was written against; true of a new entry."""
    successor_is_agreed: bool = True
    """The entry that is to supersede another is agreed itself."""
    missing: tuple[str, ...] = ()
    """Fields without which the text cannot be agreed."""
    signed: Mapping[str, Signed] = field(default_factory=dict)
    """What each party has recorded on the current revision since it came to this state."""
    given: Given = Given()
    faults: Faults = NO_FAULTS
    """What the linter says of the text."""
    certified: frozenset[str] = frozenset()
    """The languages and pairs of languages whose text, as it stands, was certified."""
    languages: frozenset[str] = frozenset()
    """Those in which there is a text."""
    drafted_by: Mapping[str, int] = field(default_factory=dict)
    """Who wrote the text of each language, as an account."""
    discrepancies: int = 0
    """Substantive ones that are not settled."""
    breaks: int = 0
    """How many times silence on it was broken."""
    met_since_break: bool = True
    """A meeting has looked at it since silence was last broken."""
    deadline: datetime | None = None
    """The instant at which silence, the time for confirming or the idle time ends."""
