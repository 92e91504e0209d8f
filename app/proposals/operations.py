"""Making, revising and moving proposals."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session
from sqlmodel import col

from app import policy
from app.accounts.actor import Actor
from app.db import now
from app.entries.canonical import canonical_json, digest
from app.entries.content import EntryContent
from app.entries.lint.reading import Stage
from app.entries.numbers import dated_number, next_number
from app.errors import GuardsFailed, NothingChanged, NotPermitted, StaleBase, TransitionNotAllowed
from app.findings import operations as findings
from app.history import operations as history
from app.history.operations import Happening
from app.profile import Profile
from app.proposals import effects
from app.proposals.checks import check_text, entry_to_amend
from app.proposals.queries import Dossier, assembled
from app.proposals.remarks import REFUSED_STATES, remember_refused
from app.proposals.schemas import NewProposal, NewRevision
from app.proposals.tables import Proposal, ProposalRevision, SignOff
from app.proposals.workflow import OPEN_STATES, Event, Faults, State, Verdict, events_for, judge


def propose(
    db: Session, actor: Actor, profile: Profile, body: NewProposal, *, expected: frozenset[int] = frozenset()
) -> Dossier:
    """A new proposal, as a draft of the caller's party. `expected` are entries about to be loaded with it.

    Raises NotPermitted, LanguageNotPermitted, InvalidInput, NotFound, NotAmendable, StaleBase, NothingChanged.
    """
    if actor.account_id is None or not policy.may_draft(actor):
        raise NotPermitted(action="propose")
    entry = entry_to_amend(db, body)
    check_text(db, actor, body.kind, entry, None, body.content, expected)
    made = now(db)
    proposal = Proposal(
        number=dated_number("P", made.year, next_number(db, "P", made.year)),
        kind=body.kind,
        state=State.DRAFT,
        entry_id=entry.id if entry else None,
        party=actor.party,
        account_id=actor.account_id,
        justification=body.justification,
        revision=1,
        lock=1,
        created_at=made,
        updated_at=made,
    )
    db.add(proposal)
    db.flush()
    revision = _add_revision(db, actor, proposal, body.content, body.base_version)
    happening = Happening("proposal.create", proposal.number, proposal.entry_id, after=revision.digest)
    history.record(db, actor, happening, to=State.DRAFT.value, kind=body.kind.value)
    return assembled(db, proposal, profile.consensus_set)


def revise(
    db: Session,
    actor: Actor,
    profile: Profile,
    dossier: Dossier,
    body: NewRevision,
    *,
    expected: frozenset[int] = frozenset(),
) -> Dossier:
    """The next revision of a proposal. What the co-chairs had signed stays with the text that they signed.

    Raises TransitionNotAllowed, NotPermitted, LanguageNotPermitted, InvalidInput, StaleBase, NothingChanged.
    """
    verdict = _permitted(dossier, actor, Event.REVISE)
    proposal, before = dossier.proposal, dossier.revision
    base = body.base_version or before.base_version
    if base != dossier.current_version:
        raise StaleBase(field="base_version", base=base, current=dossier.current_version)
    if body.content == dossier.content and base == before.base_version:
        raise NothingChanged(field="content")
    check_text(db, actor, proposal.kind, dossier.entry, dossier.content, body.content, expected)
    proposal.revision += 1
    revision = _add_revision(db, actor, proposal, body.content, base)
    revised = _touched(db, dossier)
    change = effects.apply(db, revised, profile, verdict.effects)
    happening = Happening(
        "proposal.revise", proposal.number, proposal.entry_id, change.kind, before.digest, revision.digest
    )
    history.record(db, actor, happening, revision=proposal.revision)
    return revised


def cause(
    db: Session,
    actor: Actor,
    profile: Profile,
    dossier: Dossier,
    event: Event,
    *,
    reason: str | None = None,
    entry_id: int | None = None,
) -> tuple[Dossier, str | None]:
    """Let an event happen to a proposal; with it the number of the decision, if the event made one.

    `entry_id` is the number of a new entry that the shipped glossary has already numbered.
    Raises TransitionNotAllowed, NotPermitted, StaleBase, GuardsFailed.
    """
    verdict = _permitted(dossier, actor, event, reason)
    source = dossier.proposal.state
    if verdict.transition is not None and verdict.transition.joint:
        _sign(db, actor, dossier, event)
    _move(dossier.proposal, event, verdict, reason, now(db))
    if dossier.proposal.state in REFUSED_STATES:
        remember_refused(db, dossier.proposal, dossier.content)
    change = effects.apply(db, dossier, profile, verdict.effects, entry_id)
    happening = Happening(
        f"proposal.{event}",
        dossier.proposal.number,
        dossier.proposal.entry_id,
        change.kind,
        change.before,
        dossier.revision.digest,
    )
    states = {"from": source.value, "to": dossier.proposal.state.value}
    history.record(db, actor, happening, **states, reason=reason, decision=change.decision, version=change.version)
    return _touched(db, dossier), change.decision


def waive(db: Session, actor: Actor, dossier: Dossier, check: str, element: str, reason: str) -> Dossier:
    """Answer a warning about the current revision, as somebody who may edit it or as the secretariat.

    Raises NotPermitted, TransitionNotAllowed, InvalidInput.
    """
    if not policy.may_answer(actor, dossier.facts().work):
        raise NotPermitted(action="waive")
    if dossier.proposal.state not in OPEN_STATES:
        raise TransitionNotAllowed(event="waive", state=dossier.proposal.state.value, allowed=[])
    findings.waive(db, actor, dossier.remarks(Stage.FINAL), check, element, reason)
    happening = Happening(
        "proposal.waive", dossier.proposal.number, dossier.proposal.entry_id, after=dossier.revision.digest
    )
    history.record(db, actor, happening, check=check, element=element, reason=reason)
    return _touched(db, dossier)


def _permitted(dossier: Dossier, actor: Actor, event: Event, reason: str | None = None) -> Verdict:
    facts = dossier.facts(reason)
    verdict = judge(facts, event, actor)
    if verdict.transition is None:
        allowed = [other.event.value for other in events_for(facts, actor)]
        raise TransitionNotAllowed(event=event.value, state=facts.state.value, allowed=allowed)
    if not verdict.permitted:
        raise NotPermitted(action=event.value)
    if "base_is_current" in verdict.failing:
        raise StaleBase(base=dossier.revision.base_version, current=dossier.current_version)
    if verdict.failing:
        field = "reason" if "reason_is_given" in verdict.failing else None
        raise GuardsFailed(
            field=field,
            event=event.value,
            guards=list(verdict.failing),
            missing=list(facts.missing) or None,
            findings=_in_the_way(facts.faults, verdict.failing) or None,
        )
    return verdict


def _in_the_way(faults: Faults, failing: Sequence[str]) -> list[str]:
    """The findings for which the guards fail."""
    named = {
        "draft_has_no_errors": faults.of_draft,
        "text_has_no_errors": faults.of_final,
        "warnings_are_answered": faults.unanswered,
    }
    return [finding for guard in failing if guard in named for finding in named[guard]()]


def _add_revision(
    db: Session, actor: Actor, proposal: Proposal, content: EntryContent, base_version: int | None
) -> ProposalRevision:
    if proposal.id is None or actor.account_id is None:
        raise RuntimeError("a revision belongs to a stored proposal and to an account")
    text = canonical_json(content)
    revision = ProposalRevision(
        proposal_id=proposal.id,
        number=proposal.revision,
        base_version=base_version,
        content=text,
        digest=digest(text),
        account_id=actor.account_id,
        created_at=now(db),
    )
    db.add(revision)
    db.flush()
    return revision


def _sign(db: Session, actor: Actor, dossier: Dossier, event: Event) -> None:
    """Record what a party's co-chair says of the current text, in place of what was said before."""
    if actor.party is None or actor.account_id is None:
        raise RuntimeError("a co-chair belongs to a party")
    earlier = delete(SignOff).where(
        col(SignOff.proposal_id) == dossier.id,
        col(SignOff.revision) == dossier.proposal.revision,
        col(SignOff.party) == actor.party,
    )
    db.execute(earlier)
    db.add(
        SignOff(
            proposal_id=dossier.id,
            revision=dossier.proposal.revision,
            digest=dossier.revision.digest,
            party=actor.party,
            event=event,
            account_id=actor.account_id,
            signed_at=now(db),
        )
    )
    db.flush()


def _move(proposal: Proposal, event: Event, verdict: Verdict, reason: str | None, at: datetime) -> None:
    proposal.state = verdict.target or proposal.state
    proposal.reason = reason
    if event in (Event.SUBMIT, Event.RESUBMIT):
        proposal.submitted_at = at
    if event is Event.ACCEPT:
        proposal.accepted_at = at


def _touched(db: Session, dossier: Dossier) -> Dossier:
    """The dossier after a change, with a new ETag."""
    dossier.proposal.lock += 1
    dossier.proposal.updated_at = now(db)
    db.flush()
    return assembled(db, dossier.proposal, dossier.consensus_set)
