"""Entries in whose texts all words of a query occur, in whatever form."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from app.entries.indexing.rows import Element
from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.forms import other_stems
from app.languages.keys import STEM_LENGTH, carrying_words
from app.languages.stems import stem
from app.search.questions import Hit, MatchKind, Phase, Place, Question
from app.search.readings import Reading, Trust
from app.search.snippets import best_snippet
from app.search.statements import cards_of
from app.search.word_statements import contents_of, known_stems, postings_after, postings_of_entries

MOST_WORDS = 8
MOST_EXAMINED = 1000
"""Entries looked at for one page; a page is shorter, not slower, where few of them have the other words too."""

_BATCH = 100
_SCORES = {Element.TERM: 1.0, Element.DEFINITION: 0.9, Element.NOTE: 0.8, Element.EXAMPLE: 0.7}


@dataclass(frozen=True)
class Sought:
    """The words of a query in one language."""

    language: LanguageCode
    forms: tuple[frozenset[str], ...]
    """Of each word the stems that its forms have."""
    ids: tuple[frozenset[int], ...]
    """The same by their ids."""
    driver: frozenset[int]
    """Of the words the rarest, whose occurrences are gone through."""


def fulltext_matches(
    db: Connection, question: Question, after: Place | None, wanted: int
) -> tuple[list[Hit], Place | None]:
    """Entries that have all words of the query in their texts of one language, the weightiest occurrence first.

    A word may stand in a term, but not all of them may. Beside the hits the place that was reached, if so many
    entries were looked at that there may be more.
    """
    possible = Reading(Trust.TYPED, question.text, question.folded).languages
    languages = [language for language in question.languages if language in possible]
    sought = _sought(db, question.text, languages)
    places, has_more = _next_places(db, sought, after) if sought else ([], False)
    hits: list[Hit] = []
    # Most pages are filled by the first batch; for the others all further places are looked at together.
    for batch in (places[:_BATCH], places[_BATCH:]):
        if batch and len(hits) < wanted:
            hits += _confirmed(db, question, sought, batch)
    reached = places[-1] if has_more and len(hits) < wanted else None
    return _with_snippets(db, hits[:wanted], sought), reached


def _sought(db: Connection, text: str, languages: Sequence[LanguageCode]) -> list[Sought]:
    """The words of the query as the texts of each language have them; not of one in which a word does not occur."""
    forms = {language: _forms(text, language) for language in languages}
    stems = sorted({stem for words in forms.values() for word in words for stem in word})
    known, counts = known_stems(db, languages, stems) if stems else ({}, {})
    ids = {
        language: tuple(
            frozenset(known[language, form] for form in word if (language, form) in known) for word in words
        )
        for language, words in forms.items()
    }
    ids = {language: words for language, words in ids.items() if words and all(words)}
    return [Sought(language, forms[language], words, _rarest(words, counts)) for language, words in ids.items()]


def _forms(text: str, language: LanguageCode) -> tuple[frozenset[str], ...]:
    """The stems that the forms of each word have."""
    forms = []
    for word in carrying_words(text, language)[:MOST_WORDS]:
        others = other_stems(word.text) if language == "ru" else ()
        forms.append(frozenset(form[:STEM_LENGTH] for form in (stem(word.text, language), *others)))
    return tuple(forms)


def _rarest(words: Sequence[frozenset[int]], counts: Mapping[int, int]) -> frozenset[int]:
    """The word that occurs least, the first of several."""
    return min(words, key=lambda word: (sum(counts[stem_id] for stem_id in word), words.index(word)))


def _next_places(db: Connection, sought: Sequence[Sought], after: Place | None) -> tuple[list[Place], bool]:
    """The next occurrences of the rarest words, in the order of the answer; and whether there may be more."""
    drivers = [(LANGUAGES.index(one.language), stem_id) for one in sought for stem_id in one.driver]
    wanted = [(stem_id, *_before(after, number)) for number, stem_id in drivers]
    places: set[Place] = set()
    ends: list[Place] = []
    for (number, _), rows in zip(drivers, postings_after(db, wanted, MOST_EXAMINED), strict=True):
        found = [_place(element, entry_id, number) for element, entry_id in rows]
        places.update(found)
        if len(found) == MOST_EXAMINED:
            ends.append(found[-1])
    # Beyond the end of a list that was cut off, its next occurrences are missing.
    found_all = sorted(place for place in places if not ends or place <= min(ends))
    return found_all[:MOST_EXAMINED], bool(ends) or len(found_all) > MOST_EXAMINED


def _place(element: int, entry_id: int, language: int) -> Place:
    return Place(Phase.FULLTEXT, element, "", 0, 0, entry_id, language)


def _before(after: Place | None, language: int) -> tuple[int, int]:
    """The element and entry after which the occurrences in a language go on."""
    if after is None:
        return -1, 0
    return after.order, after.entry_id - (language > after.slot)


def _confirmed(db: Connection, question: Question, sought: Sequence[Sought], batch: Sequence[Place]) -> list[Hit]:
    """The entries of a batch that have the other words too, each at the best of its places only."""
    entry_ids = sorted({place.entry_id for place in batch})
    stem_ids = sorted({stem_id for one in sought for word in one.ids for stem_id in word})
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for stem_id, element, entry_id in postings_of_entries(db, stem_ids, entry_ids):
        found[entry_id].append((stem_id, element))
    best = {
        entry_id: min(places)
        for entry_id in entry_ids
        if (places := [place for one in sought if (place := _place_in(found[entry_id], one, entry_id))])
    }
    cards = cards_of(db, [place.entry_id for place in batch if best.get(place.entry_id) == place])
    return [
        Hit(cards[place.entry_id], None, MatchKind.FULLTEXT, _SCORES[Element(place.order)], place)
        for place in batch
        if best.get(place.entry_id) == place and question.wants(cards[place.entry_id])
    ]


def _place_in(occurrences: Sequence[tuple[int, int]], sought: Sought, entry_id: int) -> Place | None:
    """Where an entry stands in the answer by its texts of one language; None if they lack a word."""
    present = {stem_id for stem_id, _ in occurrences}
    if any(present.isdisjoint(word) for word in sought.ids):
        return None
    ids = frozenset().union(*sought.ids)
    if all(element == Element.TERM for stem_id, element in occurrences if stem_id in ids):
        return None
    element = min(element for stem_id, element in occurrences if stem_id in sought.driver)
    return _place(element, entry_id, LANGUAGES.index(sought.language))


def _with_snippets(db: Connection, hits: Sequence[Hit], sought: Sequence[Sought]) -> list[Hit]:
    forms = {LANGUAGES.index(one.language): one for one in sought}
    contents = contents_of(db, [hit.card.entry_id for hit in hits])
    shown = []
    for hit in hits:
        one = forms[hit.place.slot]
        section = json.loads(contents[hit.card.entry_id])["languages"][one.language]
        shown.append(hit._replace(snippet=best_snippet(section, one.language, one.forms)))
    return shown
