"""What is asked of look-up, and what it finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from app.entries.content import Acceptability, TermType
from app.entries.status import EntryStatus
from app.languages.codes import LanguageCode
from app.languages.fold import fold


class Mode(StrEnum):
    """How a query is matched. The explicit modes never widen on their own."""

    AUTO = "auto"
    EXACT = "exact"
    PREFIX = "prefix"
    FUZZY = "fuzzy"
    FULLTEXT = "fulltext"


class MatchKind(StrEnum):
    """How the query was read so that it matched."""

    EXACT = "exact"  # the same but for case, accents, hyphens, spaces and punctuation
    INFLECTED = "inflected"  # the same words in other forms, or spelt the other side of the Atlantic
    REORDERED = "reordered"  # the same words in another order
    LOOKALIKE = "lookalike"  # letters of another alphabet that look the same
    TRANSLITERATED = "transliterated"  # the word of one alphabet in letters of another
    LAYOUT = "layout"  # the same keys on another keyboard
    PREFIX = "prefix"  # the term begins with the query
    PART = "part"  # the words of the query stand together in the term
    FUZZY = "fuzzy"  # the term is nearly the query
    FULLTEXT = "fulltext"  # the words occur in the texts of the entry
    NUMBER = "number"  # the query is the number of the entry


class Phase(IntEnum):
    """The parts of an answer, in their order."""

    WHOLE = 0
    PREFIX = 1
    PART = 2
    FUZZY = 3
    FULLTEXT = 4


class Place(NamedTuple):
    """Where a hit stands in the answer. Which of the middle parts are used depends on the phase."""

    phase: int
    order: int
    key: str
    first: int
    second: int
    entry_id: int
    slot: int


def has_letters(query: str) -> bool:
    """Whether a query holds anything that could stand in a term."""
    return any(character.isalnum() for character in query)


@dataclass(frozen=True)
class Question:
    """A look-up."""

    text: str
    mode: Mode
    languages: tuple[LanguageCode, ...]
    status: frozenset[EntryStatus] = frozenset()
    subjects: frozenset[str] = frozenset()

    @cached_property
    def folded(self) -> str:
        """What is left of it when the ways of typing the same words no longer differ."""
        return fold(self.text)

    def wants(self, card: "Card") -> bool:
        """Whether an entry is among those asked for."""
        if self.status and card.status not in self.status:
            return False
        return not self.subjects or not self.subjects.isdisjoint(card.subjects.split())


class Card(NamedTuple):
    """What a hit shows of an entry; the texts are JSON."""

    entry_id: int
    status: EntryStatus
    subjects: str
    en: str
    fr: str
    ru: str
    warnings: str
    gists: str
    ad_referendum: bool
    reservations: int
    """How many statements of parties stand on the text."""

    @classmethod
    def of(cls, entry_id: int, status: str, *rest: Any) -> "Card":
        """A card as it is read."""
        return cls(entry_id, EntryStatus(status), *rest)


class FoundTerm(NamedTuple):
    """The term by which an entry was found."""

    id: int
    language: LanguageCode
    text: str
    type: TermType
    acceptability: Acceptability
    full_form: str | None
    folded: str
    stems: str

    @classmethod
    def of(
        cls, id_: int, language: LanguageCode, text: str, type_: str, acceptability: str, *rest: Any
    ) -> "FoundTerm":
        """A term as it is stored."""
        return cls(id_, language, text, TermType(type_), Acceptability(acceptability), *rest)


@dataclass(frozen=True, slots=True)
class Snippet:
    """The part of a text in which the words of a query occur, and where in it, in code points."""

    language: LanguageCode
    element: str
    text: str
    spans: list[tuple[int, int]]


class Hit(NamedTuple):
    """An entry that was found."""

    card: Card
    term: FoundTerm | None
    """None if the words were found in its texts."""
    kind: MatchKind
    score: float
    place: Place
    homographs: tuple[int, ...] = ()
    """The other entries that have the same term."""
    snippet: Snippet | None = None


@dataclass(frozen=True)
class Answer:
    """A page of what was found."""

    hits: Sequence[Hit]
    following: Place | None = None
    """The place after which the next page begins."""
    did_you_mean: Sequence[str] = ()
