"""Making and revising proposals, and answering what the linter says of them."""

from sqlalchemy.orm import Session

from app import policy
from app.accounts.actor import Actor
from app.db import now
from app.entries.canonical import canonical_json, content_from, digest
from app.entries.content import EntryContent
from app.entries.diff import languages_changed
from app.entries.lint.reading import Stage
from app.entries.numbers import dated_number, next_number
from app.errors import InvalidInput, NothingChanged, NotPermitted, StaleBase, TransitionNotAllowed
from app.findings import operations as findings
from app.history import operations as history
from app.history.operations import Happening
from app.profile import Profile
from app.proposals import effects
from app.proposals.assurance.certifying import void_certificates
from app.proposals.causes import Cause
from app.proposals.checks import check_reopened, check_text, entry_to_change, successor_of, text_of
from app.proposals.dossier import Dossier, assembled
from app.proposals.idling import start_waiting
from app.proposals.inputs import NewProposal, NewRevision
from app.proposals.moving import permitted, touched
from app.proposals.positions.taking import void_positions
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import OPEN_STATES, Event, State


def propose(
    db: Session, actor: Actor, profile: Profile, body: NewProposal, *, expected: frozenset[int] = frozenset()
) -> Dossier:
    """A new proposal, as a draft of the caller's party, with all that its rules look at.

    `expected` are entries about to be loaded with it. Raises NotPermitted, LanguageNotPermitted, InvalidInput,
    NotFound, NotAmendable, StaleBase, NothingChanged.
    """
    return assembled(db, draft(db, actor, profile, body, expected=expected), profile)


def draft(
    db: Session, actor: Actor, profile: Profile, body: NewProposal, *, expected: frozenset[int] = frozenset()
) -> Proposal:
    """The same for who makes very many and looks at none. Raises what `propose` raises."""
    if actor.account_id is None or not policy.may_draft(actor):
        raise NotPermitted(action="propose")
    entry = entry_to_change(db, body)
    content, successor_id = text_of(body, entry), successor_of(db, body)
    check_reopened(db, actor, body, profile)
    if not body.kind.ends_entry:
        check_text(db, actor, body.kind, entry, None, content, expected)
    made = now(db)
    proposal = Proposal(
        number=dated_number("P", made.year, next_number(db, "P", made.year)),
        kind=body.kind,
        state=State.DRAFT,
        entry_id=entry.id if entry else None,
        party=actor.party,
        account_id=actor.account_id,
        justification=body.justification,
        successor_id=successor_id,
        reopens=body.reopens,
        revision=1,
        lock=1,
        created_at=made,
        updated_at=made,
    )
    db.add(proposal)
    db.flush()
    before = content_from(entry.content) if entry is not None and entry.content is not None else None
    revision = _add_revision(db, actor, proposal, content, body.base_version, _drafted(actor, before, content))
    happening = Happening("proposal.create", proposal.number, proposal.entry_id, after=revision.digest)
    history.record(db, actor, happening, to=State.DRAFT.value, kind=body.kind.value, reopens=body.reopens)
    start_waiting(proposal, profile.silence)
    db.flush()
    return proposal


def revise(
    db: Session,
    actor: Actor,
    dossier: Dossier,
    body: NewRevision,
    *,
    expected: frozenset[int] = frozenset(),
) -> Dossier:
    """The next revision of a proposal. It voids the certificates and positions on what it changes, and no others.

    Raises TransitionNotAllowed, NotPermitted, LanguageNotPermitted, InvalidInput, StaleBase, NothingChanged.
    """
    verdict = permitted(dossier, actor, Event.REVISE)
    proposal, before = dossier.proposal, dossier.revision
    base = body.base_version or before.base_version
    if base != dossier.current_version:
        raise StaleBase(field="base_version", base=base, current=dossier.current_version)
    if body.content == dossier.content and base == before.base_version:
        raise NothingChanged(field="content")
    check_text(db, actor, proposal.kind, dossier.entry, dossier.content, body.content, expected)
    if proposal.kind.ends_entry:
        raise InvalidInput(field="content", reason="text_not_expected")
    proposal.revision += 1
    drafted = dict(dossier.drafted_by) | _drafted(actor, dossier.content, body.content)
    revision = _add_revision(db, actor, proposal, body.content, base, drafted)
    voided = void_certificates(db, proposal, body.content) + void_positions(db, proposal, body.content)
    revised = touched(db, dossier)
    change = effects.apply(db, revised, Cause(actor, Event.REVISE), verdict.effects)
    happening = Happening(
        "proposal.revise", proposal.number, proposal.entry_id, change.kind, before.digest, revision.digest
    )
    state = proposal.state.value
    history.record(
        db, actor, happening, **{"from": state, "to": state}, revision=proposal.revision, voided=voided or None
    )
    return revised


def waive(db: Session, actor: Actor, dossier: Dossier, check: str, element: str, reason: str) -> Dossier:
    """Answer a warning about the current revision, as somebody who may edit it or as the secretariat.

    Raises NotPermitted, TransitionNotAllowed, InvalidInput.
    """
    if not policy.may_answer(actor, dossier.work):
        raise NotPermitted(action="waive")
    if dossier.proposal.state not in OPEN_STATES:
        raise TransitionNotAllowed(event="waive", state=dossier.proposal.state.value, allowed=[])
    findings.waive(db, actor, dossier.remarks(Stage.FINAL), check, element, reason)
    happening = Happening(
        "proposal.waive", dossier.proposal.number, dossier.proposal.entry_id, after=dossier.revision.digest
    )
    history.record(db, actor, happening, check=check, element=element, reason=reason)
    return touched(db, dossier)


def _drafted(actor: Actor, before: EntryContent | None, content: EntryContent) -> dict[str, int]:
    """Who wrote the text of each language that differs from the text before."""
    if actor.account_id is None:
        raise RuntimeError("a text is written by an account")
    return dict.fromkeys(sorted(languages_changed(before, content)), actor.account_id)


def _add_revision(
    db: Session,
    actor: Actor,
    proposal: Proposal,
    content: EntryContent,
    base_version: int | None,
    drafted_by: dict[str, int],
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
        drafted_by=drafted_by,
        account_id=actor.account_id,
        created_at=now(db),
    )
    db.add(revision)
    db.flush()
    return revision
