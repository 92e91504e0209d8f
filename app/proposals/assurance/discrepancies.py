"""The log of places where two texts do not say the same."""

from sqlalchemy.orm import Session

from app import policy
from app.accounts.actor import Actor
from app.db import now
from app.entries.parts import element_of
from app.errors import InvalidInput, NotFound, NotPermitted, TransitionNotAllowed
from app.history import operations as history
from app.history.operations import Happening
from app.proposals.assurance.schemas import NewDiscrepancy
from app.proposals.assurance.tables import Discrepancy
from app.proposals.dossier import Dossier
from app.proposals.moving import touched
from app.proposals.workflow import State

_DISCUSSED = (State.IN_REVIEW, State.READY, State.TABLED, State.OBJECTED)


def log_discrepancy(db: Session, actor: Actor, dossier: Dossier, body: NewDiscrepancy) -> Dossier:
    """Note that two of the texts differ. Raises NotPermitted, TransitionNotAllowed, InvalidInput."""
    if actor.account_id is None or not policy.may_review(actor, body.pair):
        raise NotPermitted(action="discrepancy")
    _require_discussed(dossier, "discrepancy")
    _check_element(dossier, body)
    found = Discrepancy(
        proposal_id=dossier.id,
        revision=dossier.proposal.revision,
        pair=body.pair,
        element=body.element,
        gravity=body.gravity,
        text=body.text,
        party=actor.party,
        account_id=actor.account_id,
        found_at=now(db),
    )
    db.add(found)
    db.flush()
    _record(db, actor, dossier, "proposal.discrepancy", found)
    return touched(db, dossier)


def settle_discrepancy(db: Session, actor: Actor, dossier: Dossier, number: int, resolution: str) -> Dossier:
    """Say how a difference was settled. Raises NotPermitted, NotFound, TransitionNotAllowed, InvalidInput."""
    found = next((d for d in dossier.discrepancies if d.id == number), None)
    if found is None:
        raise NotFound(what="discrepancy", ref=str(number))
    if actor.account_id is None or not policy.may_review(actor, found.pair):
        raise NotPermitted(action="settle")
    _require_discussed(dossier, "settle")
    if found.closed_at is not None:
        raise InvalidInput(field="resolution", reason="already_settled")
    found.resolution, found.closed_by, found.closed_at = resolution, actor.account_id, now(db)
    db.flush()
    _record(db, actor, dossier, "proposal.settle", found)
    return touched(db, dossier)


def _check_element(dossier: Dossier, body: NewDiscrepancy) -> None:
    """Raise InvalidInput unless the field is one of either text, or of what the two have in common."""
    for start in (*(f"languages.{code}." for code in body.pair.split("-")), ""):
        try:
            element_of(dossier.content, start + body.element)
        except LookupError:
            continue
        return
    raise InvalidInput(field="element", reason="unknown_element", value=body.element)


def _require_discussed(dossier: Dossier, event: str) -> None:
    if dossier.proposal.state not in _DISCUSSED:
        raise TransitionNotAllowed(event=event, state=dossier.proposal.state.value, allowed=[])


def _record(db: Session, actor: Actor, dossier: Dossier, action: str, found: Discrepancy) -> None:
    happening = Happening(action, dossier.proposal.number, dossier.proposal.entry_id, after=dossier.revision.digest)
    history.record(db, actor, happening, discrepancy=found.id, pair=found.pair, gravity=found.gravity.value)
