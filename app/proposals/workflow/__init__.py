"""From proposal to agreement: a table of transitions, and one pure function over it."""

from app.proposals.workflow.engine import Verdict, events_for, judge
from app.proposals.workflow.facts import EVERYTHING, NO_FAULTS, Facts, Faults, Given, Signed
from app.proposals.workflow.states import CERTIFIES, POSITIONS, Effect, Event, ProposalKind, State
from app.proposals.workflow.table import IDLE_STATES, OPEN_STATES, TRANSITIONS, Joint, Transition

__all__ = [
    "CERTIFIES",
    "EVERYTHING",
    "IDLE_STATES",
    "NO_FAULTS",
    "OPEN_STATES",
    "POSITIONS",
    "TRANSITIONS",
    "Effect",
    "Event",
    "Facts",
    "Faults",
    "Given",
    "Joint",
    "ProposalKind",
    "Signed",
    "State",
    "Transition",
    "Verdict",
    "events_for",
    "judge",
]
