"""Proposals as the API shows them."""

from app.accounts.actor import Actor
from app.entries.canonical import content_from
from app.entries.content import Acceptability, EntryContent
from app.entries.numbers import entry_number
from app.proposals.queries import Dossier
from app.proposals.schemas import EventOut, ProposalOut, ProposalSummary, RevisionOut, SignOffOut
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import events_for


def proposal_out(dossier: Dossier, actor: Actor, public_url: str, decision: str | None = None) -> ProposalOut:
    """A proposal as the caller may see and move it."""
    proposal = dossier.proposal
    return ProposalOut(
        number=proposal.number,
        uri=_uri(proposal, public_url),
        kind=proposal.kind,
        state=proposal.state,
        entry=_entry(proposal),
        base_version=dossier.revision.base_version,
        party=proposal.party,
        justification=proposal.justification,
        reason=proposal.reason,
        revision=proposal.revision,
        digest=dossier.revision.digest,
        decision=decision,
        created=proposal.created_at,
        updated=proposal.updated_at,
        missing=dossier.content.missing_for_agreement(),
        sign_offs=[
            SignOffOut(party=s.party, event=s.event, revision=s.revision, signed=s.signed_at)
            for s in dossier.sign_offs
        ],
        events=events_out(dossier, actor),
        content=dossier.content,
    )


def events_out(dossier: Dossier, actor: Actor) -> list[EventOut]:
    """What the caller may do now. A reason counts as given: it comes with the event."""
    return [
        EventOut(event=verdict.event, target=verdict.transition.target, failing=list(verdict.failing))
        for verdict in events_for(dossier.facts(reason="-"), actor)
        if verdict.transition is not None
    ]


def summary_out(proposal: Proposal, revision: ProposalRevision, public_url: str) -> ProposalSummary:
    return ProposalSummary(
        number=proposal.number,
        uri=_uri(proposal, public_url),
        kind=proposal.kind,
        state=proposal.state,
        entry=_entry(proposal),
        party=proposal.party,
        revision=proposal.revision,
        title=_title(content_from(revision.content)),
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


def _title(content: EntryContent) -> str:
    terms = [term for section in content.languages.values() for term in section.terms]
    preferred = [term.text for term in terms if term.acceptability is Acceptability.PREFERRED]
    return (preferred or [term.text for term in terms])[0]


def _entry(proposal: Proposal) -> str | None:
    return entry_number(proposal.entry_id) if proposal.entry_id is not None else None


def _uri(proposal: Proposal, public_url: str) -> str:
    return f"{public_url}/v1/proposals/{proposal.number}"
