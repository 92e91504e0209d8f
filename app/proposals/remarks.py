"""What the linter says of a proposed text, with all that the compendium knows around it."""

from collections.abc import Callable, Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.content import EntryContent
from app.entries.lint.finding import Finding
from app.entries.lint.reading import Reading, Refused, Stage
from app.entries.lint.running import lint
from app.entries.numbers import entry_number
from app.findings.around import Asked, Phrase, StoredEntries
from app.findings.operations import Answers, Remarks
from app.languages.codes import LanguageCode
from app.languages.fold import fold
from app.proposals.tables import Proposal, ProposalRevision, RefusedTerm
from app.proposals.workflow import Faults, State

REFUSED_STATES = (State.REJECTED, State.WITHDRAWN, State.LAPSED)
"""States after which the terms of a proposal are remembered."""


class Surroundings(StoredEntries):
    """The entries, and the proposals that came to nothing."""

    def __init__(self, db: Session, own_id: int | None, proposal_id: int | None) -> None:
        super().__init__(db, own_id)
        self._proposal_id = proposal_id or 0
        self._terms: Asked[Phrase] = Asked()
        self._refused: dict[Phrase, list[Refused]] = {}

    def refused(self, language: LanguageCode, text: str) -> Sequence[Refused]:
        asked = (language, fold(text))
        self._note(self._terms.is_answered(asked))
        return self._refused.get(asked, ())

    def look_up(self) -> None:
        super().look_up()
        if terms := self._terms.take():
            self._look_up_refused(terms)

    def _look_up_refused(self, terms: set[Phrase]) -> None:
        query = (
            select(col(RefusedTerm.language), col(RefusedTerm.folded), col(Proposal.number), col(Proposal.reason))
            .join(Proposal, col(Proposal.id) == col(RefusedTerm.proposal_id))
            .where(
                tuple_(col(RefusedTerm.language), col(RefusedTerm.folded)).in_(sorted(terms)),
                col(Proposal.id) != self._proposal_id,
                # What never left its party stays with its party.
                col(Proposal.submitted_at).is_not(None),
            )
            .order_by(col(Proposal.id))
        )
        language: LanguageCode
        for language, folded, number, reason in self._db.execute(query):  # type: ignore[assignment]
            self._refused.setdefault((language, folded), []).append(Refused(number, reason))


def remarks_on(
    proposal: Proposal,
    revision: ProposalRevision,
    content: EntryContent,
    around: Surroundings,
    answers: Answers,
    stage: Stage,
) -> Remarks:
    """The findings about a revision, and the answers given to them."""
    number = entry_number(proposal.entry_id) if proposal.entry_id is not None else None
    return Remarks(revision.digest, lint(Reading(content, number, stage, around)), answers)


def faults_in(remarks: Callable[[Stage], Remarks]) -> Faults:
    """The findings that stand in the way of an event."""
    return Faults(
        of_draft=lambda: [_named(finding) for finding in remarks(Stage.DRAFT).errors],
        of_final=lambda: [_named(finding) for finding in remarks(Stage.FINAL).errors],
        unanswered=lambda: [_named(finding) for finding in remarks(Stage.FINAL).unanswered],
    )


def remember_refused(db: Session, proposal: Proposal, content: EntryContent) -> None:
    """Keep the terms of a proposal that came to nothing, for whoever proposes them again."""
    if proposal.id is None:
        raise RuntimeError("the proposal has not been flushed")
    named = {
        (language, fold(term.text)) for language, section in content.languages.items() for term in section.terms
    }
    db.add_all(
        RefusedTerm(proposal_id=proposal.id, language=language, folded=folded) for language, folded in sorted(named)
    )


def _named(finding: Finding) -> str:
    return f"{finding.check}: {finding.mark.element}"
