"""Loading the shipped glossary: agreed entries by an initial-load decision, the others as proposals under review.

Loading twice changes nothing. A file that has changed since never changes what was agreed: it becomes a
proposal like any other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sqlalchemy.orm import Session

from app.accounts.actor import Actor
from app.accounts.tables import Account
from app.db import has_changes
from app.entries import operations as entries
from app.entries.canonical import content_digest
from app.entries.lint.collection import Collection
from app.entries.lint.reading import Neighbour, Reading, Stage
from app.entries.lint.running import lint
from app.entries.numbers import ENTRY_SERIES, entry_id, spend_number
from app.entries.queries import was_adopted
from app.entries.status import EntryStatus
from app.entries.tables import Decision, Entry, SubjectField
from app.errors import BadGlossaryFile, DomainError
from app.exchange.glossary import GlossaryEntry, SubjectFieldFile, read_entries, read_subject_fields
from app.exchange.intakes import initial_load_decision
from app.findings import operations as findings
from app.findings.operations import Remarks
from app.history import operations as history
from app.history.operations import Happening
from app.profile import Profile
from app.proposals import operations as proposals
from app.proposals.causing import cause
from app.proposals.dossier import Dossier, assembled
from app.proposals.inputs import NewProposal, NewRevision
from app.proposals.queries import open_proposal_of_new_entry, was_proposed
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import Event, ProposalKind

AMENDMENT_NOTE = "A later edition of the shipped glossary has another text."


@dataclass
class LoadReport:
    """What a load did, as entry numbers."""

    agreed: list[str] = field(default_factory=list)
    proposed: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)
    amendments: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def load_glossary(
    db: Session,
    actor: Actor,
    profile: Profile,
    folder: Path,
    each: Callable[[str], None] = lambda _number: None,
) -> LoadReport:
    """Bring the entries of a glossary folder in; `each` is told of every entry done.

    Raises BadGlossaryFile, and then nothing is loaded.
    """
    _load_subject_fields(db, actor, read_subject_fields(folder))
    files = list(read_entries(folder))
    return _Load(db, actor, profile, each).run(files)


class _Load:
    def __init__(self, db: Session, actor: Actor, profile: Profile, each: Callable[[str], None]) -> None:
        self.db, self.actor, self.profile, self.each = db, actor, profile, each
        self.report = LoadReport()
        self.expected: frozenset[int] = frozenset()
        self.around = Collection(())

    def run(self, files: Sequence[GlossaryEntry]) -> LoadReport:
        # Entries may be related to one another in any order, so relations are held against the whole folder.
        self.expected = frozenset(entry_id(file.number) for file in files)
        self.around = Collection(Neighbour(f.number, EntryStatus(f.status), f.content) for f in files)
        for file in files:
            try:
                self._take(file, entry_id(file.number))
                self._answer_warnings(file)
            except DomainError as error:
                raise BadGlossaryFile(file=file.number, reason=str(error)) from error
            self.each(file.number)
        return self.report

    def _take(self, file: GlossaryEntry, number: int) -> None:
        entry = self.db.get(Entry, number)
        if entry is None:
            self._add(file, number)
        elif entries.says(entry, file.content):
            self.report.unchanged.append(file.number)
        elif entry.status is EntryStatus.PROPOSED:
            self._revise(file, entry)
        else:
            self._amend(file, entry)

    def _add(self, file: GlossaryEntry, number: int) -> None:
        spend_number(self.db, ENTRY_SERIES, number, self.profile.first_entry)
        entries.check_subject_fields(self.db, file.content)
        entries.check_relations(self.db, file.content, own_id=number, expected=self.expected)
        if file.status == "agreed":
            entries.load_adopted(
                self.db, self.actor, entry_id=number, content=file.content, decision=self._decision
            )
            self.report.agreed.append(file.number)
            return
        body = NewProposal(kind=ProposalKind.NEW, content=file.content, justification=file.justification or "")
        self._bring_into_review(body, file.number, number)
        self.report.proposed.append(file.number)

    def _revise(self, file: GlossaryEntry, entry: Entry) -> None:
        """Revise the secretariat's own proposal; a text that a party has brought in is left to the parties."""
        proposal = open_proposal_of_new_entry(self.db, entry.id)
        if proposal is None or proposal.party is not None or self._was_overtaken(file, proposal):
            self.report.unchanged.append(file.number)
            return
        dossier = assembled(self.db, proposal, self.profile)
        body = NewRevision(content=file.content)
        proposals.revise(self.db, self.actor, dossier, body, expected=self.expected)
        self.report.revised.append(file.number)

    def _amend(self, file: GlossaryEntry, entry: Entry) -> None:
        if entry.status is not EntryStatus.AGREED or _is_known(self.db, entry.id, content_digest(file.content)):
            self.report.unchanged.append(file.number)
            return
        body = NewProposal(
            kind=ProposalKind.AMEND,
            entry=file.number,
            base_version=entry.current_version,
            content=file.content,
            justification=AMENDMENT_NOTE,
        )
        self._bring_into_review(body, file.number)
        self.report.amendments.append(file.number)

    def _bring_into_review(self, body: NewProposal, number: str, new_id: int | None = None) -> None:
        """Propose, submit and accept; `new_id` is the number of a new entry."""
        dossier = proposals.propose(self.db, self.actor, self.profile, body, expected=self.expected)
        # Read amid the files rather than amid what is stored so far: the entries of a folder come together.
        dossier = replace(dossier, remarks=lambda stage: self._remarks(dossier, number, stage))
        dossier, _ = cause(self.db, self.actor, dossier, Event.SUBMIT)
        cause(self.db, self.actor, dossier, Event.ACCEPT, entry_id=new_id)

    def _remarks(self, dossier: Dossier, number: str, stage: Stage) -> Remarks:
        reading = Reading(dossier.content, number, stage, self.around.seen_from(number))
        return Remarks(dossier.revision.digest, lint(reading), {})

    def _answer_warnings(self, file: GlossaryEntry) -> None:
        """Sign what the file answers to the linter, as far as it is not signed yet."""
        if not file.waivers:
            return
        digest = content_digest(file.content)
        known = findings.answers_to(self.db, digest)
        new = [w for w in file.waivers if (w.check, w.element) not in known]
        for waiver in new:
            findings.sign(self.db, self.actor, digest, waiver.check, waiver.element, waiver.reason)
        if new:
            happening = Happening("glossary.waive", entry_id=entry_id(file.number), after=digest)
            history.record(self.db, self.actor, happening, checks=[waiver.check for waiver in new])

    def _was_overtaken(self, file: GlossaryEntry, proposal: Proposal) -> bool:
        """Whether the review has moved on: from the very text of the file, or by the hand of a party."""
        revision = self.db.get_one(ProposalRevision, (proposal.id, proposal.revision))
        author = self.db.get_one(Account, revision.account_id)
        known = was_proposed(self.db, entry_id(file.number), content_digest(file.content))
        return author.party is not None or known

    @cached_property
    def _decision(self) -> Decision:
        return initial_load_decision(self.db)


def _is_known(db: Session, entry_id: int, text: str) -> bool:
    """Whether a text was a version of the entry before, or was ever proposed for it."""
    return was_adopted(db, entry_id, text) or was_proposed(db, entry_id, text)


def _load_subject_fields(db: Session, actor: Actor, fields: Sequence[SubjectFieldFile]) -> None:
    with db.no_autoflush:
        for position, file in enumerate(fields, 1):
            labels = {f"label_{code}": label for code, label in file.label.items()}
            scopes = {f"scope_{code}": scope for code, scope in file.scope.items()}
            db.merge(SubjectField(code=file.code, position=position, **labels, **scopes))
        changed = has_changes(db)
    db.flush()
    if changed:
        history.record(db, actor, Happening("subject-fields.load"), codes=[file.code for file in fields])
