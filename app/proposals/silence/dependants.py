"""Which texts of a batch depend on another: their definitions use its terms, or their relations build on it."""

from collections.abc import Iterator, Mapping

from app.entries.content import EntryContent, RelationType
from app.entries.lint.grammar.occurrences import TermIndex
from app.entries.lint.reading import NamedTerm
from app.entries.status import EntryStatus
from app.languages.codes import LANGUAGES, LanguageCode

_BUILT_ON = (RelationType.GENERIC, RelationType.PARTITIVE)


def dependants_of(number: str, texts: Mapping[str, EntryContent]) -> list[str]:
    """The entries of a batch that cannot go on without the entry `number`, nor without each other.

    `texts` are the contents by entry number. An entry depends on those whose terms its definitions use, and on
    its superordinates and wholes; what depends on a dependant depends too.
    """
    found: set[str] = set()
    left = [number]
    while left:
        new = set(_directly(left.pop(), texts)) - found - {number}
        found |= new
        left += sorted(new)
    return sorted(found)


def _directly(number: str, texts: Mapping[str, EntryContent]) -> Iterator[str]:
    indexes = {language: TermIndex(language, _terms(number, texts[number], language)) for language in LANGUAGES}
    for other, content in texts.items():
        if other == number:
            continue
        built = any(r.target == number and r.type in _BUILT_ON for r in content.relations)
        if built or any(_uses(content, language, indexes[language]) for language in LANGUAGES):
            yield other


def _uses(content: EntryContent, language: LanguageCode, index: TermIndex) -> bool:
    section = content.languages.get(language)
    return section is not None and section.definition is not None and bool(index.uses_in(section.definition.text))


def _terms(number: str, content: EntryContent, language: LanguageCode) -> Iterator[NamedTerm]:
    section = content.languages.get(language)
    for term in section.terms if section else ():
        yield NamedTerm(number, EntryStatus.PROPOSED, language, term.text, term.type, term.acceptability)
