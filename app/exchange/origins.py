"""Recognising what was imported before, by the name that its collection gives it; never by its terms."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor
from app.entries.tables import Entry
from app.exchange.tables import ImportOrigin
from app.proposals.tables import Proposal
from app.proposals.workflow import OPEN_STATES

MAX_NAME = 200
_PART = 500


def name_of(reference: str | None, digest: str) -> str:
    """What an entry of a collection is called; of one without a name, what it says, to the letter."""
    if reference is None:
        return f"content:{digest}"
    if len(reference) <= MAX_NAME:
        return reference
    return f"sha256:{hashlib.sha256(reference.encode('utf-8', 'surrogatepass')).hexdigest()}"


def digest_of(file: bytes | Callable[[], bytes]) -> str:
    """The SHA-256 of a file, given at once or piece by piece."""
    digest = hashlib.sha256()
    if isinstance(file, bytes):
        digest.update(file)
    else:
        while piece := file():
            digest.update(piece)
    return digest.hexdigest()


def collection_of(digest: str) -> str:
    """The collection that a file is by itself, if nobody says from which one it is: known by its bytes."""
    return f"sha256:{digest}"


class Origins:
    """What the caller's side has imported from one collection."""

    def __init__(self, db: Session, actor: Actor, collection: str) -> None:
        self._db = db
        self._party = actor.party or ""
        self._collection = collection
        self._known: dict[str, ImportOrigin] = {}
        self._proposals: dict[str, Proposal] = {}
        self._entries: dict[int, Entry] = {}
        """What the names that were looked up last have become."""

    def learn(self, names: Iterable[str]) -> None:
        """Look these names up, and what they have become, all at once."""
        self._proposals, self._entries = {}, {}
        wanted = sorted(set(names))
        for start in range(0, len(wanted), _PART):
            query = select(ImportOrigin).where(
                col(ImportOrigin.party) == self._party,
                col(ImportOrigin.collection) == self._collection,
                col(ImportOrigin.external_id).in_(wanted[start : start + _PART]),
            )
            found = self._db.scalars(query).all()
            self._known |= {origin.external_id: origin for origin in found}
            self._follow(found)

    def of(self, name: str) -> ImportOrigin | None:
        """What is known of a name that was looked up."""
        return self._known.get(name)

    def entry_of(self, origin: ImportOrigin) -> Entry | None:
        """The entry to which an origin leads: its own, or that which its proposal has become."""
        entry_id = origin.entry_id
        if entry_id is None and (proposal := self._proposal(origin)) is not None:
            entry_id = proposal.entry_id
        if entry_id is None:
            return None
        return self._entries.get(entry_id) or self._db.get(Entry, entry_id)

    def is_open(self, origin: ImportOrigin) -> bool:
        """Whether the proposal that was made of it is still on its way."""
        proposal = self._proposal(origin)
        return proposal is not None and proposal.state in OPEN_STATES

    def note(self, name: str, digest: str, *, entry_id: int | None = None, proposal: str | None = None) -> None:
        """Remember what became of a name."""
        origin = self._known.get(name)
        if origin is None:
            origin = self._known[name] = ImportOrigin(
                party=self._party,
                collection=self._collection,
                external_id=name,
                entry_id=entry_id,
                proposal=proposal,
                digest=digest,
            )
            self._db.add(origin)
            return
        origin.entry_id = entry_id or origin.entry_id
        origin.proposal = proposal or origin.proposal
        origin.digest = digest

    def _follow(self, origins: Sequence[ImportOrigin]) -> None:
        """Read the proposals and entries to which these lead."""
        numbers = [origin.proposal for origin in origins if origin.proposal is not None]
        if numbers:
            query = select(Proposal).where(col(Proposal.number).in_(numbers))
            self._proposals |= {proposal.number: proposal for proposal in self._db.scalars(query)}
        ids = [origin.entry_id for origin in origins] + [
            self._proposals[number].entry_id for number in numbers if number in self._proposals
        ]
        self._entries |= entries_by_id(self._db, [entry_id for entry_id in ids if entry_id is not None])

    def _proposal(self, origin: ImportOrigin) -> Proposal | None:
        if origin.proposal is None:
            return None
        if origin.proposal in self._proposals:
            return self._proposals[origin.proposal]
        return self._db.scalars(select(Proposal).where(col(Proposal.number) == origin.proposal)).one_or_none()


def entries_by_id(db: Session, ids: Sequence[int]) -> dict[int, Entry]:
    """The entries of these ids that there are."""
    found: dict[int, Entry] = {}
    for start in range(0, len(ids), _PART):
        query = select(Entry).where(col(Entry.id).in_(ids[start : start + _PART]))
        found |= {entry.id: entry for entry in db.scalars(query)}
    return found
