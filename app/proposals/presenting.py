"""Proposals as the API shows them."""

from app.accounts.actor import Actor
from app.entries.canonical import content_from
from app.entries.content import Acceptability, EntryContent
from app.entries.numbers import entry_number
from app.proposals.assurance.tables import Certificate, Discrepancy
from app.proposals.dossier import Dossier
from app.proposals.positions.tables import Position
from app.proposals.schemas import (
    CertificateOut,
    DiscrepancyOut,
    EventOut,
    PositionOut,
    ProposalOut,
    ProposalSummary,
    RevisionOut,
    SignOffOut,
    SilenceBrief,
)
from app.proposals.silence.tables import Silence
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import EVERYTHING, Verdict, events_for


def proposal_out(dossier: Dossier, actor: Actor, public_url: str, decision: str | None = None) -> ProposalOut:
    """A proposal as the caller may see and move it."""
    proposal = dossier.proposal
    return ProposalOut(
        number=proposal.number,
        uri=_uri(proposal, public_url),
        kind=proposal.kind,
        state=proposal.state,
        entry=_entry(proposal.entry_id),
        base_version=dossier.revision.base_version,
        party=proposal.party,
        justification=proposal.justification,
        reason=proposal.reason,
        successor=_entry(proposal.successor_id),
        reopens=proposal.reopens,
        revision=proposal.revision,
        digest=dossier.revision.digest,
        decision=decision,
        created=proposal.created_at,
        updated=proposal.updated_at,
        due=proposal.due_at,
        deadline=proposal.deadline,
        missing=dossier.content.missing_for_agreement(),
        sign_offs=[
            SignOffOut(party=s.party, event=s.event, revision=s.revision, signed=s.signed_at)
            for s in dossier.sign_offs
        ],
        certificates=[certificate_out(certificate) for certificate in dossier.certificates],
        discrepancies=[discrepancy_out(discrepancy) for discrepancy in dossier.discrepancies],
        positions=[position_out(position) for position in dossier.positions],
        silence=silence_brief(dossier.silence) if dossier.silence is not None else None,
        meeting=dossier.meeting.number if dossier.meeting is not None else None,
        breaks=proposal.breaks,
        events=events_out(dossier, actor),
        content=dossier.content,
    )


def events_out(dossier: Dossier, actor: Actor) -> list[EventOut]:
    """What the caller may do now. What comes with an event, such as a reason, counts as given."""
    verdicts = events_for(dossier.facts(EVERYTHING), actor)
    return [event_out(verdict) for verdict in verdicts if verdict.transition is not None]


def event_out(verdict: Verdict) -> EventOut:
    """One event, with what stands in its way."""
    if verdict.transition is None:
        raise RuntimeError("the table has no such event in this state")
    return EventOut(
        event=verdict.event,
        target=verdict.transition.target,
        failing=list(verdict.failing),
        waits_for=list(verdict.waits_for),
    )


def certificate_out(certificate: Certificate) -> CertificateOut:
    return CertificateOut(
        part=certificate.part,
        revision=certificate.revision,
        party=certificate.party,
        given=certificate.given_at,
    )


def discrepancy_out(discrepancy: Discrepancy) -> DiscrepancyOut:
    return DiscrepancyOut(
        id=discrepancy.id or 0,
        pair=discrepancy.pair,
        element=discrepancy.element,
        gravity=discrepancy.gravity,
        text=discrepancy.text,
        revision=discrepancy.revision,
        party=discrepancy.party,
        found=discrepancy.found_at,
        resolution=discrepancy.resolution,
        closed=discrepancy.closed_at,
    )


def position_out(position: Position) -> PositionOut:
    return PositionOut(
        id=position.id or 0,
        party=position.party,
        kind=position.kind,
        revision=position.revision,
        element=position.element,
        reason=position.reason,
        objection=position.objection,
        alternative=position.alternative,
        cannot_accept_concept=position.cannot_accept_concept,
        broke_silence=position.broke_silence,
        statement=position.statement,
        language=position.language,  # type: ignore[arg-type]
        text=position.text,
        translations=position.translations or {},
        given=position.given_at,
        voided_by=position.voided_by,
        withdrawn=position.withdrawn_at,
    )


def silence_brief(silence: Silence) -> SilenceBrief:
    return SilenceBrief(
        number=silence.number,
        period=silence.period,
        opened=silence.opened_at,
        expires=silence.expires_at,
        zone=silence.zone,
        parties=silence.consensus_set.split(),
    )


def summary_out(proposal: Proposal, revision: ProposalRevision, public_url: str) -> ProposalSummary:
    return ProposalSummary(
        number=proposal.number,
        uri=_uri(proposal, public_url),
        kind=proposal.kind,
        state=proposal.state,
        entry=_entry(proposal.entry_id),
        party=proposal.party,
        revision=proposal.revision,
        title=title_of(content_from(revision.content)),
        updated=proposal.updated_at,
    )


def revision_out(proposal: Proposal, revision: ProposalRevision) -> RevisionOut:
    return RevisionOut(
        proposal=proposal.number,
        revision=revision.number,
        base_version=revision.base_version,
        digest=revision.digest,
        created=revision.created_at,
        content=content_from(revision.content),
    )


def title_of(content: EntryContent) -> str:
    """The first preferred term of a text."""
    terms = [term for section in content.languages.values() for term in section.terms]
    preferred = [term.text for term in terms if term.acceptability is Acceptability.PREFERRED]
    return (preferred or [term.text for term in terms])[0]


def _entry(entry_id: int | None) -> str | None:
    return entry_number(entry_id) if entry_id is not None else None


def _uri(proposal: Proposal, public_url: str) -> str:
    return f"{public_url}/v1/proposals/{proposal.number}"
