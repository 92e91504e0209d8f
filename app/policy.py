"""Who may do what: the one place that answers it. Each rule checks role, party and, where it matters, language.

The rules follow the table of roles in docs/roles.md.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.accounts.actor import Actor, Role

DRAFTERS = (Role.DELEGATE, Role.REPRESENTATIVE, Role.LANGUAGE_LEAD, Role.CO_CHAIR, Role.SECRETARIAT)


@dataclass(frozen=True)
class Work:
    """What a rule needs to know of a proposal."""

    party: str | None
    """The party that made it; None if the secretariat did."""
    is_shared: bool
    """It was accepted for review, so all parties work on it."""
    is_submitted: bool
    """It has left the hands of its party, so the secretariat works on it."""
    consensus_set: frozenset[str]
    """The parties whose consent is needed."""


Rule = Callable[[Actor, Work], bool]


def proposing_party(actor: Actor, work: Work) -> bool:
    """A drafter of the party that made the proposal; of the secretariat's own, the secretariat."""
    return actor.has(*DRAFTERS) and _same_side(actor, work)


def editor(actor: Actor, work: Work) -> bool:
    """A drafter of the party that made it or, once it is shared, of any party; not the secretariat."""
    if _same_side(actor, work):
        return actor.has(*DRAFTERS)
    return work.is_shared and actor.party is not None and actor.has(*DRAFTERS)


def may_answer(actor: Actor, work: Work) -> bool:
    """Who may answer a warning: whoever may edit the text, and the secretariat, which runs the linter."""
    return editor(actor, work) or actor.has(Role.SECRETARIAT)


def secretariat(actor: Actor, _work: Work) -> bool:
    """The secretariat, which takes in, numbers and publishes, and holds no position."""
    return actor.has(Role.SECRETARIAT)


def each_co_chair(actor: Actor, work: Work) -> bool:
    """The co-chair of a party whose consent is needed; each such party must record the same."""
    return actor.has(Role.CO_CHAIR) and actor.party in work.consensus_set


def reader_of_proposal(actor: Actor, work: Work) -> bool:
    """Drafts: their party. Submitted: the secretariat too. Under review and later: everybody with an account."""
    if actor.is_anonymous:
        return False
    if work.is_shared or _same_side(actor, work):
        return True
    return work.is_submitted and actor.has(Role.SECRETARIAT)


def may_draft(actor: Actor) -> bool:
    """Whether the caller may make a proposal at all. A party's role without a party may not."""
    return actor.has(*DRAFTERS) and (actor.party is not None or actor.has(Role.SECRETARIAT))


def may_load(actor: Actor) -> bool:
    """Whether the caller may adopt entries by initial load."""
    return actor.has(Role.SECRETARIAT)


def may_audit(actor: Actor) -> bool:
    """Whether the caller may read the log, which names drafts of all parties, though not their texts."""
    return actor.has(Role.AUDITOR, Role.SECRETARIAT)


def _same_side(actor: Actor, work: Work) -> bool:
    if work.party is None:
        return actor.party is None and actor.has(Role.SECRETARIAT)
    return actor.party == work.party
