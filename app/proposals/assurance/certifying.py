"""Certificates: given for a part of a text, and void when a revision changes that part."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.db import now
from app.entries.content import EntryContent
from app.entries.parts import certified_digest
from app.proposals.assurance.tables import Certificate
from app.proposals.causes import Cause
from app.proposals.dossier import Dossier
from app.proposals.tables import Proposal
from app.proposals.workflow import CERTIFIES


def certify(db: Session, dossier: Dossier, cause: Cause) -> None:
    """Vouch for the part that the event names, as it stands."""
    if cause.actor.account_id is None:
        raise RuntimeError("a certificate is given by an account")
    part = CERTIFIES[cause.event]
    db.add(
        Certificate(
            proposal_id=dossier.id,
            revision=dossier.proposal.revision,
            part=part,
            digest=certified_digest(dossier.content, part),
            party=cause.actor.party,
            account_id=cause.actor.account_id,
            given_at=now(db),
        )
    )
    db.flush()


def void_certificates(db: Session, proposal: Proposal, content: EntryContent) -> list[str]:
    """End the certificates of the parts that the new revision has changed; the parts."""
    standing = select(Certificate).where(
        col(Certificate.proposal_id) == proposal.id, col(Certificate.voided_by).is_(None)
    )
    changed = [c for c in db.scalars(standing) if c.digest != certified_digest(content, c.part)]
    for certificate in changed:
        certificate.voided_by = proposal.revision
    db.flush()
    return sorted(certificate.part for certificate in changed)
