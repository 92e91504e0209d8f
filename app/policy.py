"""Who may do what: the one place that answers it. Each rule checks role, party and, where it matters, language.

The rules follow the table of roles in docs/roles.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.accounts.actor import Actor, Role
from app.languages.codes import LANGUAGES, PAIRS

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
    """The parties whose consent is needed; while silence runs, those of the moment when it was opened."""
    sides: Mapping[str, str] = field(default_factory=dict)
    """The side of each party that is not a side by itself."""
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The languages for whose text a party answers; a party that is not named, for all."""
    objectors: frozenset[str] = frozenset()
    """The parties whose objections stand."""


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
    """The co-chair of a party whose consent is needed."""
    return actor.has(Role.CO_CHAIR) and actor.party in work.consensus_set


def representative(actor: Actor, work: Work) -> bool:
    """Who may bind a party whose consent is needed."""
    return actor.has(Role.REPRESENTATIVE) and actor.party in work.consensus_set


def objector(actor: Actor, work: Work) -> bool:
    """Who may bind a party that has objected."""
    return actor.has(Role.REPRESENTATIVE) and actor.party in work.objectors


def the_clock(actor: Actor, _work: Work) -> bool:
    """Nobody: only time itself."""
    return actor.is_clock


def _lead_of(language: str) -> Rule:
    def lead(actor: Actor, work: Work) -> bool:
        answers = actor.party is None or language in work.answers.get(actor.party, LANGUAGES)
        return actor.has(Role.LANGUAGE_LEAD) and actor.commands(language) and answers

    lead.__name__ = f"lead_of_{language}"
    return lead


def _reviewer_of(pair: str) -> Rule:
    def reviewer(actor: Actor, _work: Work) -> bool:
        return actor.has(Role.LANGUAGE_LEAD, Role.EXPERT) and actor.commands(*pair.split("-"))

    reviewer.__name__ = f"reviewer_of_{pair.replace('-', '_')}"
    return reviewer


CERTIFIERS: Mapping[str, Rule] = {
    **{language: _lead_of(language) for language in LANGUAGES},
    **{pair: _reviewer_of(pair) for pair in PAIRS},
}
"""Who may certify the text of a language, or the concordance of two: somebody who commands them."""


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


def may_call_meetings(actor: Actor) -> bool:
    """Whether the caller may give a meeting its number."""
    return actor.has(Role.SECRETARIAT)


def may_discuss(actor: Actor, work: Work) -> bool:
    """Who may remark on a proposal: whoever works on it. Observers and experts may, mere readers may not."""
    speaks = actor.party is not None or actor.has(Role.SECRETARIAT, Role.LANGUAGE_LEAD, Role.EXPERT)
    return speaks and reader_of_proposal(actor, work)


def may_review(actor: Actor, pair: str) -> bool:
    """Who may log and settle differences between the texts of two languages."""
    reviews = actor.has(Role.LANGUAGE_LEAD, Role.EXPERT, Role.SECRETARIAT)
    return reviews and actor.commands(*pair.split("-"))


def may_state(actor: Actor, party: str | None = None) -> bool:
    """Who may make a statement on an adopted text for a party; `party` is the author of one to be withdrawn."""
    return actor.has(Role.REPRESENTATIVE) and actor.party is not None and party in (None, actor.party)


def may_endorse(actor: Actor, members: frozenset[str]) -> bool:
    """Who may record that a higher body has approved a text: the co-chair of a party whose consent is needed."""
    return actor.has(Role.CO_CHAIR) and actor.party in members


def may_load(actor: Actor) -> bool:
    """Whether the caller may adopt entries by initial load."""
    return actor.has(Role.SECRETARIAT)


def may_keep_webhooks(actor: Actor) -> bool:
    """Whether the caller may register, read and remove webhooks."""
    return actor.has(Role.SECRETARIAT, Role.ADMIN)


def may_audit(actor: Actor) -> bool:
    """Whether the caller may read the log, which names drafts of all parties, though not their texts."""
    return actor.has(Role.AUDITOR, Role.SECRETARIAT)


def _same_side(actor: Actor, work: Work) -> bool:
    if work.party is None:
        return actor.party is None and actor.has(Role.SECRETARIAT)
    return actor.party == work.party
