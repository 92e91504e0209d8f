"""One event, from the question whether it may happen to its line in the log."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.accounts.actor import Actor
from app.calendars.deadlines import deadline_after
from app.db import now
from app.entries.canonical import canonical_json
from app.errors import GuardsFailed, NotPermitted, StaleBase, TransitionNotAllowed
from app.history import operations as history
from app.history.operations import Happening
from app.proposals import effects
from app.proposals.causes import NO_CHANGE, Cause, Change
from app.proposals.dossier import Dossier, assembled
from app.proposals.idling import start_waiting
from app.proposals.remarks import REFUSED_STATES, remember_refused
from app.proposals.silence import items
from app.proposals.tables import SignOff
from app.proposals.workflow import IDLE_STATES, Event, Facts, Faults, Given, State, Verdict, events_for, judge


def permitted(dossier: Dossier, actor: Actor, event: Event, given: Given = Given()) -> Verdict:  # noqa: B008
    """The verdict on an event that may happen now.

    Raises TransitionNotAllowed, NotPermitted, StaleBase, GuardsFailed.
    """
    verdict = verdict_on(dossier, actor, event, given)
    if "base_is_current" in verdict.failing:
        raise StaleBase(base=dossier.revision.base_version, current=dossier.current_version)
    if verdict.failing:
        raise _guards_failed(dossier.facts(given), verdict)
    return verdict


def verdict_on(dossier: Dossier, actor: Actor, event: Event, given: Given) -> Verdict:
    """What would come of an event that the caller may cause. Raises TransitionNotAllowed, NotPermitted."""
    facts = dossier.facts(given)
    verdict = judge(facts, event, actor)
    if verdict.transition is None:
        allowed = [other.event.value for other in events_for(facts, actor)]
        raise TransitionNotAllowed(event=event.value, state=facts.state.value, allowed=allowed)
    if not verdict.permitted:
        raise NotPermitted(action=event.value)
    return verdict


def carry_out(
    db: Session, dossier: Dossier, cause: Cause, *, because_of: Sequence[str] = (), hold: bool = False
) -> tuple[Dossier, Change]:
    """Let one event happen to one proposal; `because_of` are the proposals with which it left a silence procedure.

    On `hold`, a joint event is recorded and takes no effect, because it waits for others of its batch.
    Raises TransitionNotAllowed, NotPermitted, StaleBase, GuardsFailed, InvalidInput.
    """
    verdict = permitted(dossier, cause.actor, cause.event, cause.given)
    if (verdict.transition is not None and verdict.transition.joint) or _takes_back(dossier, cause):
        _sign(db, dossier, cause)
    source = dossier.proposal.state
    target = source if hold or verdict.target is None else verdict.target
    change = NO_CHANGE if hold else effects.apply(db, dossier, cause, verdict.effects)
    if target is not source:
        if source is State.UNDER_SILENCE:
            items.leave(db, dossier, cause.event, because_of)
        _come_to(db, dossier, cause, target)
    _record(db, dossier, cause, change, source, because_of)
    return touched(db, dossier), change


def touched(db: Session, dossier: Dossier) -> Dossier:
    """The dossier after a change, with a new ETag."""
    proposal = dossier.proposal
    proposal.lock += 1
    proposal.updated_at = now(db)
    if proposal.state in IDLE_STATES:
        start_waiting(proposal, dossier.profile.silence)
    db.flush()
    return assembled(db, proposal, dossier.profile)


def _takes_back(dossier: Dossier, cause: Cause) -> bool:
    """Whether a party objects after it has recorded a joint event, such as the end of its earlier objection."""
    return cause.event is Event.OBJECT and cause.actor.party in {s.party for s in dossier.sign_offs}


def _sign(db: Session, dossier: Dossier, cause: Cause) -> None:
    """Record what a party says of the current text. What it said before stays, and no longer counts."""
    actor, content = cause.actor, cause.body.content
    if actor.party is None or actor.account_id is None:
        raise RuntimeError("who signs belongs to a party")
    db.add(
        SignOff(
            proposal_id=dossier.id,
            revision=dossier.proposal.revision,
            digest=dossier.revision.digest,
            step=dossier.proposal.step,
            party=actor.party,
            event=cause.event,
            terms=cause.terms,
            own_text=canonical_json(content) if content is not None and cause.event is Event.DIVERGE else None,
            account_id=actor.account_id,
            signed_at=now(db),
        )
    )
    db.flush()


def _come_to(db: Session, dossier: Dossier, cause: Cause, target: State) -> None:
    """Bring the proposal to its new state, with what the state starts."""
    proposal, rules, at = dossier.proposal, dossier.profile.silence, now(db)
    proposal.state = target
    proposal.step += 1
    proposal.reason = cause.body.reason
    proposal.deadline = proposal.remind_at = None
    if target is State.SUBMITTED:
        proposal.submitted_at = at
    if cause.event is Event.ACCEPT:
        proposal.accepted_at = at
        proposal.due_at = deadline_after(at, rules.review_days, rules)
    if target is State.TABLED:
        proposal.met_since_break = True
    if target is State.AD_REFERENDUM:
        proposal.deadline = deadline_after(at, rules.ad_referendum_days, rules)
    if target in REFUSED_STATES:
        remember_refused(db, proposal, dossier.content)


def _record(
    db: Session, dossier: Dossier, cause: Cause, change: Change, source: State, because_of: Sequence[str]
) -> None:
    proposal = dossier.proposal
    happening = Happening(
        f"proposal.{cause.event}",
        proposal.number,
        proposal.entry_id,
        change.kind,
        change.before,
        dossier.revision.digest,
    )
    states = {"from": source.value, "to": proposal.state.value}
    history.record(
        db,
        cause.actor,
        happening,
        **states,
        reason=cause.body.reason,
        decision=change.decision,
        version=change.version,
        terms=cause.terms or None,
        because_of=list(because_of) or None,
    )


def _guards_failed(facts: Facts, verdict: Verdict) -> GuardsFailed:
    return GuardsFailed(
        field=_field_of(verdict.failing),
        event=verdict.event.value,
        guards=list(verdict.failing),
        missing=list(facts.missing) or None,
        findings=_in_the_way(facts.faults, verdict.failing) or None,
    )


def _field_of(failing: Sequence[str]) -> str | None:
    """The field of the request that would settle the first failing condition, if there is one."""
    fields = {
        "reason_is_given": "reason",
        "objection_is_whole": "objection",
        "statement_is_given": "statement",
        "own_text_is_given": "content",
        "meeting_is_named": "meeting",
    }
    return next((fields[guard] for guard in failing if guard in fields), None)


def _in_the_way(faults: Faults, failing: Sequence[str]) -> list[str]:
    """The findings for which the guards fail."""
    named = {
        "draft_has_no_errors": faults.of_draft,
        "text_has_no_errors": faults.of_final,
        "warnings_are_answered": faults.unanswered,
    }
    return [finding for guard in failing if guard in named for finding in named[guard]()]
