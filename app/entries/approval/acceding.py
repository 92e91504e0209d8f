"""A party that joined later consents to what was decided before."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app import policy
from app.accounts.actor import Actor
from app.db import now
from app.entries.approval.schemas import NewAccession
from app.entries.approval.tables import Accession
from app.entries.tables import Decision, DecisionMethod
from app.errors import InvalidInput, NotPermitted
from app.history import operations as history
from app.history.operations import Happening
from app.profile import Profile


def accede(db: Session, actor: Actor, profile: Profile, decision: Decision, body: NewAccession) -> Accession:
    """Record the accession of the caller's party. The decision itself stays as it was made.

    Raises NotPermitted, InvalidInput.
    """
    at = now(db)
    members = profile.consenting_on(at.date())
    if actor.account_id is None or actor.party not in members or not policy.may_state(actor):
        raise NotPermitted(action="accede")
    if decision.method is DecisionMethod.INITIAL_LOAD:
        raise InvalidInput(field="decision", reason="nobody_consented")
    if actor.party in decision.parties.split() or _has_acceded(db, decision, actor.party):
        raise InvalidInput(field="decision", reason="consented_already")
    accession = Accession(
        decision_id=decision.id or 0,
        party=actor.party,
        language=body.language,
        text=body.text,
        account_id=actor.account_id,
        stated_at=at,
    )
    db.add(accession)
    db.flush()
    history.record(db, actor, Happening("decision.accede"), decision=decision.number)
    return accession


def _has_acceded(db: Session, decision: Decision, party: str) -> bool:
    query = select(col(Accession.id)).where(
        col(Accession.decision_id) == decision.id, col(Accession.party) == party
    )
    return db.scalars(query).first() is not None
