"""Terms that begin with a query, and those that have its words in them.

Both are ranges of keys, of which there may be very many. The first of a range are put in order, the shortest
first; what follows them comes as the index has it, so that no page reads more than a bounded number of keys.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from sqlalchemy.engine import Connection

from app.entries.tables import TERMS_PER_ENTRY
from app.languages.agreement import are_forms
from app.languages.codes import LanguageCode
from app.languages.keys import carrying_words, folded_key, length_of_term, run_key, words_from
from app.languages.scripts import repaired
from app.languages.stems import stem
from app.languages.words import Word
from app.search.questions import Hit, MatchKind, Phase, Place, Question
from app.search.readings import Reading, Trust
from app.search.statements import (
    AFTER_ALL,
    MOST_SORTED,
    Details,
    Key,
    entries_beginning_before,
    first_keys,
    keys_after,
    terms_with_ids,
)

MOST_EXAMINED = 1000
"""Keys looked at for one page; a page is shorter, not slower, where most of them are not wanted."""
PART_SCORE = 0.8
"""Below what any term gets that is the query as a whole."""

_SPARE = 20  # keys read beyond those that are wanted, since an entry may have several


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the keys of a range begin with."""

    phase: Phase
    start: str
    languages: Sequence[LanguageCode]
    words: Sequence[Word] = ()
    """The words of the query that carry its meaning."""

    def length(self, key: Key) -> int:
        """How long the term of a key is."""
        return len(key.key) if self.phase is Phase.PREFIX else length_of_term(key.key)


class _Placed(NamedTuple):
    place: Place
    key: Key
    beginning: Beginning


def begun_matches(
    db: Connection, question: Question, shown: frozenset[int], after: Place | None, wanted: int, *, parts: bool
) -> tuple[list[Hit], Place | None]:
    """Entries of which a term begins with the query or, if `parts` are wanted, has its words in it.

    Those `shown` already are left out. Beside the hits stands the place that was reached, if so many keys were
    looked at that there may be more.
    """
    beginnings = _beginnings(question, parts=parts)
    stream = _Stream(db, beginnings, after)
    keys = stream.keys()
    seen = set(shown)
    hits: list[Hit] = []
    reached, examined = after, 0
    while len(hits) < wanted and examined < MOST_EXAMINED:
        some = list(islice(keys, wanted + _SPARE))
        if not some:
            return hits, None
        examined += len(some)
        reached = some[-1].place
        known = stream.seen | stream.passed({placed.place.entry_id for placed in some} - stream.seen)
        fresh: list[_Placed] = []
        for placed in some:
            entry = placed.place.entry_id
            if entry not in seen and entry not in known:
                fresh.append(placed)
            seen.add(entry)
        hits += islice(_hits(db, question, fresh), wanted - len(hits))
    return hits, None if len(hits) >= wanted else reached


def _beginnings(question: Question, *, parts: bool) -> list[Beginning]:
    whole = Beginning(Phase.PREFIX, folded_key(question.folded), question.languages)
    if not parts:
        return [whole]
    found = [whole]
    reading = Reading.of(Trust.LOOKALIKE, repaired(question.text))
    for language in question.languages:
        if language in reading.languages:
            words = carrying_words(reading.text, language)
            stems = [stem(word.text, language) for word in words]
            if all(stems):
                found.append(Beginning(Phase.PART, run_key(stems, language), (language,), words))
    return found


class _Stream:
    """The keys of some ranges in their order, from the one after a place."""

    def __init__(self, db: Connection, beginnings: Sequence[Beginning], after: Place | None) -> None:
        self._db = db
        self._beginnings = beginnings
        self._after = after
        self.seen: set[int] = set()
        """The entries of keys that were passed over because they stand at or before the place."""
        self._unread: list[tuple[Beginning, Place]] = []
        """The ranges of which keys before the place were not read, and up to where."""

    def keys(self) -> Iterator[_Placed]:
        first = first_keys(self._db, [(beginning.start, beginning.languages) for beginning in self._beginnings])
        for number, (beginning, keys) in enumerate(zip(self._beginnings, first, strict=True)):
            for length, key in sorted((beginning.length(key), key) for key in keys[:MOST_SORTED]):
                placed = _Placed(_place(beginning.phase, 2 * number, key, length), key, beginning)
                if self._after is None or _position(placed.place) > _position(self._after):
                    yield placed
                else:
                    self.seen.add(placed.place.entry_id)
            if len(keys) > MOST_SORTED:
                yield from self._further(beginning, 2 * number + 1, keys[MOST_SORTED - 1])

    def passed(self, entries: set[int]) -> set[int]:
        """Those of some entries that have a key before the place which was not read."""
        found: set[int] = set()
        for beginning, place in self._unread if entries else ():
            found |= entries_beginning_before(self._db, beginning.start, beginning.languages, place, entries)
        return found

    def _further(self, beginning: Beginning, order: int, last: Key) -> Iterator[_Placed]:
        """The keys of a range after those that were put in order."""
        after = self._after
        if after is not None and after.order >= order:
            end = after if after.order == order else after._replace(key=beginning.start + AFTER_ALL)
            self._unread.append((beginning, end))
            if after.order > order:
                return
            last = Key(after.key, after.first, after.entry_id * TERMS_PER_ENTRY + after.slot)
        while keys := keys_after(self._db, beginning.start, beginning.languages, last):
            for key in keys:
                yield _Placed(_place(beginning.phase, order, key, 0), key, beginning)
            last = keys[-1]


def _place(phase: Phase, order: int, key: Key, length: int) -> Place:
    return Place(phase, order, key.key, key.rank, length, *divmod(key.term_id, TERMS_PER_ENTRY))


def _position(place: Place) -> tuple[int, int, str, int, int, int]:
    return place.order, place.second, place.key, place.first, place.entry_id, place.slot


def _hits(db: Connection, question: Question, placed: Sequence[_Placed]) -> Iterator[Hit]:
    details = terms_with_ids(db, [one.key.term_id for one in placed]) if placed else {}
    for one in placed:
        # A term may have gone since its key was read, where the two reads see different states.
        if (known := details.get(one.key.term_id)) and question.wants(known.card):
            if one.beginning.phase is Phase.PREFIX:
                yield _beginning(one, known)
            elif _has_words(one, known, question.folded):
                score = PART_SCORE * min(1.0, len(question.folded) / len(known.term.folded))
                yield Hit(known.card, known.term, MatchKind.PART, round(score, 4), one.place)


def _beginning(one: _Placed, known: Details) -> Hit:
    start, key = one.beginning.start, one.key.key
    if key == start:
        return Hit(known.card, known.term, MatchKind.EXACT, 1.0, one.place)
    # Without the character that tells the kind of the key.
    score = round((len(start) - 1) / (len(key) - 1), 4)
    return Hit(known.card, known.term, MatchKind.PREFIX, score, one.place)


def _has_words(one: _Placed, known: Details, folded: str) -> bool:
    """Whether the words of the query may be forms of those of the term that have their stems."""
    term, language, typed = known.term, known.term.language, one.beginning.words
    # Most often the very letters are there; and of English words nothing is known but of initialisms.
    if folded in term.folded or (language == "en" and term.text.islower()):
        return True
    words = carrying_words(term.text, language)
    begin = max(0, len(words) - words_from(one.key.key))
    meant = words[begin : begin + len(typed)]
    return are_forms(typed, meant, language, abbreviated=term.type.is_abbreviated)
