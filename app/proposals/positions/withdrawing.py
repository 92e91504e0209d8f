"""Taking a reservation back before anything is adopted."""

from sqlalchemy.orm import Session

from app import policy
from app.accounts.actor import Actor
from app.db import now
from app.errors import NotFound, NotPermitted, TransitionNotAllowed
from app.history import operations as history
from app.history.operations import Happening
from app.proposals.dossier import Dossier
from app.proposals.moving import touched
from app.proposals.positions.tables import PositionKind
from app.proposals.workflow import OPEN_STATES


def withdraw_reservation(db: Session, actor: Actor, dossier: Dossier, number: int) -> Dossier:
    """Take a reservation or statement back before the text is adopted, as the party that made it.

    Raises NotFound, NotPermitted, TransitionNotAllowed.
    """
    found = next((p for p in dossier.positions if p.id == number and p.kind is PositionKind.RESERVE), None)
    if found is None:
        raise NotFound(what="position", ref=str(number))
    if not policy.may_state(actor, found.party):
        raise NotPermitted(action="position.withdraw")
    state = dossier.proposal.state
    if state not in OPEN_STATES:
        raise TransitionNotAllowed(event="withdraw-reservation", state=state.value, allowed=[])
    found.withdrawn_at = now(db)
    db.flush()
    happening = Happening("proposal.withdraw-reservation", dossier.proposal.number, dossier.proposal.entry_id)
    history.record(db, actor, happening, position=number, **{"from": state.value, "to": state.value})
    return touched(db, dossier)
