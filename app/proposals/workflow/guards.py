"""The conditions of the workflow, each a pure function whose name is its code."""

from collections.abc import Callable

from app.accounts.actor import Actor
from app.languages.codes import LANGUAGES, PAIRS
from app.proposals.workflow.facts import Facts
from app.proposals.workflow.states import CERTIFIES, Event

Guard = Callable[[Facts, Actor, Event], bool]

BREAKS_BEFORE_MEETING = 2
"""So many breaks send an entry to a meeting before silence can be opened on it again."""
BREAKS_BEFORE_CHOICE = 3
"""So many oblige the co-chairs to defer, or to record parallel texts."""


def base_is_current(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.base_is_current


def successor_is_agreed(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.successor_is_agreed


def text_is_complete(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.kind.ends_entry or not facts.missing


def draft_has_no_errors(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.kind.ends_entry or not facts.faults.of_draft()


def text_has_no_errors(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.kind.ends_entry or not facts.faults.of_final()


def warnings_are_answered(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.kind.ends_entry or not facts.faults.unanswered()


def languages_are_certified(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.kind.ends_entry or facts.certified.issuperset(LANGUAGES)


def concordance_is_certified(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.kind.ends_entry or facts.certified.issuperset(PAIRS)


def discrepancies_are_settled(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.discrepancies == 0


def somebody_else_wrote_it(facts: Facts, actor: Actor, event: Event) -> bool:
    """Four eyes: nobody certifies what they wrote; of a pair of languages, neither text."""
    return all(facts.drafted_by.get(code) != actor.account_id for code in CERTIFIES[event].split("-"))


def text_is_there(facts: Facts, _actor: Actor, event: Event) -> bool:
    return all(code in facts.languages for code in CERTIFIES[event].split("-"))


def not_certified_yet(facts: Facts, _actor: Actor, event: Event) -> bool:
    return CERTIFIES[event] not in facts.certified


def reason_is_given(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return bool(facts.given.reason)


def not_signed_yet(facts: Facts, actor: Actor, event: Event) -> bool:
    """Who gives no terms may still join in those of a partner, if they are others than their own."""
    own, terms = facts.signed.get(actor.party or ""), facts.given.terms
    if own is None or not own.is_for(event, terms):
        return True
    return terms is None and any(other.is_for(event, None) and other != own for other in facts.signed.values())


def silence_runs(facts: Facts, _actor: Actor, _event: Event) -> bool:
    """What is stamped at the very instant of expiry still counts."""
    return facts.deadline is not None and facts.now <= facts.deadline


def time_is_over(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.deadline is not None and facts.now > facts.deadline


def objection_is_whole(facts: Facts, _actor: Actor, _event: Event) -> bool:
    """A reason, and the text proposed instead; only who cannot accept the concept need not propose one."""
    return bool(facts.given.reason) and (facts.given.alternative or facts.given.cannot_accept_concept)


def statement_is_given(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.given.statement


def own_text_is_given(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.kind.ends_entry or facts.given.own_text


def meeting_is_named(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.given.meeting is not None


def silence_is_not_exhausted(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.breaks < BREAKS_BEFORE_MEETING or facts.met_since_break


def review_is_not_exhausted(facts: Facts, _actor: Actor, _event: Event) -> bool:
    return facts.breaks < BREAKS_BEFORE_CHOICE
