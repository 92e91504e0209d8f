"""Entries held in memory, as the surroundings of one another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.entries.content import RelationType
from app.entries.lint.grammar.occurrences import TermIndex, name_key
from app.entries.lint.reading import NamedTerm, Neighbour, Refused, Surroundings, Use
from app.languages.codes import LANGUAGES, LanguageCode

CONCEPT_SYSTEM = (RelationType.GENERIC, RelationType.PARTITIVE)


class Collection:
    """A set of entries. Terms are found in texts by their stems, abbreviations by their letters."""

    def __init__(self, entries: Iterable[Neighbour]) -> None:
        self._entries: dict[str, Neighbour] = {}
        self._named: dict[tuple[LanguageCode, str], list[NamedTerm]] = defaultdict(list)
        self._indexes = {language: TermIndex(language) for language in LANGUAGES}
        self._children: dict[str, list[Neighbour]] = defaultdict(list)
        self._pointed_at: set[str] = set()
        for entry in entries:
            self.add(entry)

    def add(self, entry: Neighbour) -> None:
        """Take an entry in that is not there yet."""
        self._entries[entry.number] = entry
        for language, section in entry.content.languages.items():
            for term in section.terms:
                named = NamedTerm(entry.number, entry.status, language, term.text, term.type, term.acceptability)
                self._named[language, name_key(language, term.text)].append(named)
                self._indexes[language].add(named)
        for relation in entry.content.relations:
            self._pointed_at.add(relation.target)
            if relation.type in CONCEPT_SYSTEM:
                self._children[relation.target].append(entry)

    def seen_from(self, number: str | None) -> Surroundings:
        """The collection as the surroundings of one of its entries, or of a text that is not in it yet."""
        return _View(self, number)

    def entry(self, number: str) -> Neighbour | None:
        return self._entries.get(number)

    def named(self, language: LanguageCode, text: str) -> Sequence[NamedTerm]:
        return self._named.get((language, name_key(language, text)), ())

    def used(self, language: LanguageCode, text: str, *, without: str | None) -> Sequence[Use]:
        return self._indexes[language].uses_in(text, without=without)

    def children(self, number: str) -> Sequence[Neighbour]:
        return self._children.get(number, ())

    def is_pointed_at(self, number: str) -> bool:
        return number in self._pointed_at


class _View:
    """A collection without the entry that is looked at."""

    def __init__(self, collection: Collection, number: str | None) -> None:
        self._all = collection
        self._own = number
        self._used: dict[tuple[LanguageCode, str], Sequence[Use]] = {}

    def entry(self, number: str) -> Neighbour | None:
        return None if number == self._own else self._all.entry(number)

    def named(self, language: LanguageCode, text: str) -> Sequence[NamedTerm]:
        return [term for term in self._all.named(language, text) if term.number != self._own]

    def used(self, language: LanguageCode, text: str) -> Sequence[Use]:
        if (language, text) not in self._used:
            self._used[language, text] = self._all.used(language, text, without=self._own)
        return self._used[language, text]

    def children(self, number: str) -> Sequence[Neighbour]:
        return [child for child in self._all.children(number) if child.number != self._own]

    def is_pointed_at(self, number: str) -> bool:
        return self._all.is_pointed_at(number)

    def refused(self, language: LanguageCode, text: str) -> Sequence[Refused]:  # noqa: ARG002
        return ()

    def was_complete(self) -> bool:
        return True

    def look_up(self) -> None:
        """Everything is known."""
