"""The two ways in which entries are taken in: as drafts of a party, or as versions by an initial load."""

from collections.abc import Sequence
from functools import cached_property

from sqlalchemy.orm import Session

from app.accounts.actor import Actor
from app.entries import operations as entries
from app.entries.canonical import content_digest, content_from
from app.entries.content import EntryContent
from app.entries.diff import difference
from app.entries.loading import load_adopted_together
from app.entries.numbers import ENTRY_SERIES, entry_number, next_number, own_number, spend_number
from app.entries.queries import subject_codes
from app.entries.tables import Decision, DecisionMethod, Entry
from app.errors import DomainError, InvalidInput, NumberTaken
from app.exchange.imported import ImportAs, ImportedEntry, Intake, Outcome, Terms
from app.exchange.origins import Origins, entries_by_id, name_of
from app.exchange.records import Incoming
from app.profile import ApprovalLevel, Profile
from app.proposals import operations as proposals
from app.proposals.inputs import NewProposal
from app.proposals.workflow import ProposalKind

INITIAL_LOAD_NOTE = (
    "Initial load: texts taken over from a prepared glossary at expert level, without a decision of the parties."
)


def intake_for(db: Session, actor: Actor, profile: Profile, terms: Terms) -> Intake:
    """The way in which a file is taken in on these terms."""
    if terms.into is ImportAs.PROPOSALS:
        return Drafts(db, actor, profile, terms)
    return InitialLoad(db, actor, profile, terms)


class _Matching:
    """Finds the entries that a file means."""

    def __init__(self, db: Session, actor: Actor, profile: Profile, terms: Terms) -> None:
        self.db, self.actor, self.profile, self.terms = db, actor, profile, terms
        self.origins = Origins(db, actor, terms.collection)
        self._entries: dict[int, Entry] = {}
        self._digests: dict[int, str] = {}
        """By line."""

    def prepare(self, items: Sequence[Incoming]) -> None:
        self._digests = {item.line: content_digest(item.content) for item in items if item.content is not None}
        self.origins.learn(self.name(item) for item in items)
        ids = [number for item in items if (number := own_number(item.reference)) is not None]
        self._entries = entries_by_id(self.db, ids)

    def digest(self, item: Incoming) -> str:
        return self._digests[item.line]

    def name(self, item: Incoming) -> str:
        return name_of(item.reference, self._digests.get(item.line, ""))

    def entry(self, item: Incoming) -> Entry | None:
        """The entry that is meant by our number, or that has come of what was imported under this name."""
        number = own_number(item.reference)
        if number is not None and number in self._entries:
            return self._entries[number]
        origin = self.origins.of(self.name(item))
        return self.origins.entry_of(origin) if origin is not None else None


class Drafts(_Matching):
    """Each entry becomes a draft proposal of the caller's party."""

    def take(self, item: Incoming, content: EntryContent) -> ImportedEntry:
        digest = self.digest(item)
        entry = self.entry(item)
        if entry is not None and entry.digest == digest:
            return ImportedEntry(item.line, item.reference, Outcome.UNCHANGED, entry_number(entry.id))
        origin = self.origins.of(self.name(item))
        if origin is not None and self.origins.is_open(origin):
            number = entry_number(entry.id) if entry is not None else None
            if origin.digest == digest:
                return ImportedEntry(item.line, item.reference, Outcome.UNCHANGED, number, origin.proposal)
            raise InvalidInput(reason="already_proposed", proposal=origin.proposal)
        return self._propose(item, content, entry)

    def settle(self) -> None:
        self.db.flush()

    def finish(self) -> dict[int, DomainError]:
        return {}

    def _propose(self, item: Incoming, content: EntryContent, entry: Entry | None) -> ImportedEntry:
        body = NewProposal(
            kind=ProposalKind.NEW if entry is None else ProposalKind.AMEND,
            entry=entry_number(entry.id) if entry is not None else None,
            base_version=entry.current_version if entry is not None else None,
            content=content,
            justification=self.terms.justification,
        )
        made = proposals.propose(self.db, self.actor, self.profile, body, expected=self.terms.expected)
        self.origins.note(
            self.name(item), self.digest(item), entry_id=entry.id if entry else None, proposal=made.proposal.number
        )
        if entry is None:
            return ImportedEntry(item.line, item.reference, Outcome.NEW, None, made.proposal.number)
        before = content_from(entry.content) if entry.content is not None else None
        changes = tuple(difference(before, content))
        return ImportedEntry(
            item.line, item.reference, Outcome.AMENDMENT, body.entry, made.proposal.number, changes=changes
        )


class InitialLoad(_Matching):
    """Each entry that is new becomes an entry with an adopted version, all by one decision at expert level."""

    def __init__(self, db: Session, actor: Actor, profile: Profile, terms: Terms) -> None:
        super().__init__(db, actor, profile, terms)
        self.loaded: dict[int, tuple[int, EntryContent]] = {}
        """By line."""
        self._waiting: list[tuple[int, EntryContent]] = []
        self._names: list[tuple[Incoming, int]] = []
        self._given: set[int] = set()
        self._subjects = subject_codes(db)

    def take(self, item: Incoming, content: EntryContent) -> ImportedEntry:
        entry = self.entry(item)
        if entry is not None:
            if entry.digest == self.digest(item):
                return ImportedEntry(item.line, item.reference, Outcome.UNCHANGED, entry_number(entry.id))
            raise NumberTaken(number=entry_number(entry.id))
        if missing := content.missing_for_agreement():
            raise InvalidInput(field=missing[0], reason="incomplete", missing=missing)
        for place, code in enumerate(content.subject_fields):
            if code not in self._subjects:
                raise InvalidInput(field=f"subject_fields.{place}", reason="unknown_subject_field", value=code)
        if any(warning.code == "encoding_assumed" for warning in item.warnings):
            # A guess is good enough for what is to be reviewed, and for nothing else.
            raise InvalidInput(reason="encoding_not_stated")
        number = self._number(item.reference)
        if number in self._given:
            # By this very file: to an entry without a number of its own.
            raise NumberTaken(number=entry_number(number))
        self._given.add(number)
        self._waiting.append((number, content))
        self.loaded[item.line] = (number, content)
        if own_number(item.reference) is None:
            self._names.append((item, number))
        return ImportedEntry(item.line, item.reference, Outcome.NEW, entry_number(number))

    def settle(self) -> None:
        if self._waiting:
            load_adopted_together(self.db, self.actor, self._waiting, self._decision)
        for item, number in self._names:
            self.origins.note(self.name(item), self.digest(item), entry_id=number)
        self._waiting.clear()
        self._names.clear()
        self.db.flush()

    def finish(self) -> dict[int, DomainError]:
        """Relations can be checked only when all entries are there: they may point forward."""
        faults: dict[int, DomainError] = {}
        for line, (number, content) in self.loaded.items():
            if not content.relations:
                continue
            try:
                entries.check_relations(self.db, content, own_id=number, expected=self.terms.expected)
            except DomainError as error:
                faults[line] = error
        return faults

    def _number(self, reference: str | None) -> int:
        first = self.profile.first_entry
        number = own_number(reference)
        if number is None:
            return next_number(self.db, ENTRY_SERIES, first=first)
        spend_number(self.db, ENTRY_SERIES, number, first)
        return number

    @cached_property
    def _decision(self) -> Decision:
        return initial_load_decision(self.db)


def initial_load_decision(db: Session) -> Decision:
    """A new decision under which prepared texts are taken over, and which says no more than that."""
    return entries.new_decision(
        db, method=DecisionMethod.INITIAL_LOAD, level=ApprovalLevel.EXPERT, note=INITIAL_LOAD_NOTE
    )
