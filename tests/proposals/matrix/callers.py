"""Every kind of caller, and what the table and the policy let each of them do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from app import policy
from app.accounts.actor import Actor, Role
from app.policy import Work
from app.proposals.workflow import Event, Facts, State, judge

MOMENT = datetime(2026, 11, 30, 9, tzinfo=UTC)
UNSHARED = (State.DRAFT, State.SUBMITTED, State.RETURNED)
"""States in which a proposal is not before all parties; later ones are taken to have been accepted before."""


class Relation(StrEnum):
    """What the caller's party is to the proposal."""

    OWN = "own"
    OTHER = "other"
    OBSERVER = "observer"
    NONE = "none"


PARTIES = {Relation.OWN: "nato", Relation.OTHER: "russia", Relation.OBSERVER: "sweden", Relation.NONE: None}
CONSENTING = frozenset({"nato", "russia"})


@dataclass(frozen=True)
class Caller:
    """A role of an account that stands in a relation to the proposal."""

    role: Role
    relation: Relation

    @property
    def name(self) -> str:
        return f"{self.relation}-{self.role}"

    @property
    def party(self) -> str | None:
        return PARTIES[self.relation]

    def actor(self, account_id: int = 1) -> Actor:
        return Actor(account_id=account_id, party=self.party, roles=frozenset({self.role}))


CALLERS = tuple(Caller(role, relation) for relation in Relation for role in Role)


def work(state: State, answers: Mapping[str, frozenset[str]] | None = None) -> Work:
    """A proposal of the own party in a state as the policy sees it; where it counts, the other has objected."""
    return Work(
        party=PARTIES[Relation.OWN],
        is_shared=state not in UNSHARED,
        is_submitted=state is not State.DRAFT,
        consensus_set=CONSENTING,
        answers=answers or {},
        objectors=frozenset({"russia"}),
    )


def status_for(caller: Caller, seen: Work, state: State, event: Event) -> int:
    """With which status a dry run of the event is answered."""
    if not policy.reader_of_proposal(caller.actor(), seen):
        return 404
    verdict = judge(Facts(state, seen, MOMENT), event, caller.actor())
    if verdict.transition is None:
        return 409
    return 200 if verdict.permitted else 403


def permitted(state: State, event: Event) -> Iterator[Caller]:
    """The callers whom the table lets cause the event, whatever its conditions say."""
    seen = work(state)
    return (caller for caller in CALLERS if status_for(caller, seen, state, event) == 200)
