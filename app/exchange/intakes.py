"""The two ways in which entries are taken in: as drafts of a party, or as versions by an initial load."""

from collections.abc import Sequence
from functools import cached_property

from sqlalchemy.orm import Session

from app.accounts.actor import Actor
from app.entries import operations as entries
from app.entries.canonical import CanonicalText, content_from
from app.entries.content import EntryContent
from app.entries.diff import difference
from app.entries.loading import NewText, load_adopted_together
from app.entries.numbers import ENTRY_SERIES, Numbering, entry_number, own_number
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
        self._texts: dict[int, CanonicalText] = {}
        """Of the entries that were prepared, by their identity: many may begin on one line."""

    def prepare(self, items: Sequence[Incoming]) -> None:
        self._texts = {id(item): CanonicalText.of(item.content) for item in items if item.content is not None}
        self.origins.learn(self.name(item) for item in items)
        ids = [number for item in items if (number := own_number(item.reference)) is not None]
        self._entries = entries_by_id(self.db, ids)

    def text(self, item: Incoming) -> CanonicalText:
        return self._texts[id(item)]

    def name(self, item: Incoming) -> str:
        text = self._texts.get(id(item))
        return name_of(item.reference, text.digest if text is not None else "")

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
        digest = self.text(item).digest
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

    def finish(self) -> dict[str, DomainError]:
        return {}

    def _propose(self, item: Incoming, content: EntryContent, entry: Entry | None) -> ImportedEntry:
        body = NewProposal(
            kind=ProposalKind.NEW if entry is None else ProposalKind.AMEND,
            entry=entry_number(entry.id) if entry is not None else None,
            base_version=entry.current_version if entry is not None else None,
            content=content,
            justification=self.terms.justification,
        )
        made = proposals.draft(self.db, self.actor, self.profile, body, expected=self.terms.expected)
        self.origins.note(
            self.name(item),
            self.text(item).digest,
            entry_id=entry.id if entry else None,
            proposal=made.number,
        )
        if entry is None:
            return ImportedEntry(item.line, item.reference, Outcome.NEW, None, made.number)
        before = content_from(entry.content) if entry.content is not None else None
        changes = tuple(difference(before, content))
        return ImportedEntry(item.line, item.reference, Outcome.AMENDMENT, body.entry, made.number, changes=changes)


class InitialLoad(_Matching):
    """Each entry that is new becomes an entry with an adopted version, all by one decision at expert level."""

    def __init__(self, db: Session, actor: Actor, profile: Profile, terms: Terms) -> None:
        super().__init__(db, actor, profile, terms)
        self._related: list[tuple[int, EntryContent]] = []
        self._waiting: list[NewText] = []
        self._names: list[tuple[Incoming, int]] = []
        self._given: set[int] = set()
        self._subjects = subject_codes(db)
        self._numbering = Numbering(db, ENTRY_SERIES, profile.first_entry)

    def take(self, item: Incoming, content: EntryContent) -> ImportedEntry:
        entry = self.entry(item)
        if entry is not None:
            if entry.digest == self.text(item).digest:
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
        self._waiting.append(NewText(number, content, self.text(item)))
        if content.relations:
            self._related.append((number, content))
        if own_number(item.reference) is None:
            self._names.append((item, number))
        return ImportedEntry(item.line, item.reference, Outcome.NEW, entry_number(number))

    def settle(self) -> None:
        self._numbering.store()
        if self._waiting:
            load_adopted_together(self.db, self.actor, self._waiting, self._decision)
        for item, number in self._names:
            self.origins.note(self.name(item), self.text(item).digest, entry_id=number)
        self._waiting.clear()
        self._names.clear()
        self.db.flush()

    def finish(self) -> dict[str, DomainError]:
        """Relations can be checked only when all entries are there: they may point forward."""
        faults: dict[str, DomainError] = {}
        there = entries.entries_there(self.db, (content for _, content in self._related)) | self.terms.expected
        for number, content in self._related:
            try:
                entries.check_relations_within(content, there, own_id=number)
            except DomainError as error:
                faults[entry_number(number)] = error
        return faults

    def _number(self, reference: str | None) -> int:
        number = own_number(reference)
        if number is None:
            return self._numbering.next()
        self._numbering.spend(number)
        return number

    @cached_property
    def _decision(self) -> Decision:
        return initial_load_decision(self.db)


def initial_load_decision(db: Session) -> Decision:
    """A new decision under which prepared texts are taken over, and which says no more than that."""
    return entries.new_decision(
        db, method=DecisionMethod.INITIAL_LOAD, level=ApprovalLevel.EXPERT, note=INITIAL_LOAD_NOTE
    )
