"""Entries of which a file holds a part only: two languages, or the terms that may be used."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.entries.content import Acceptability, EntryContent, Section, Term
from app.exchange.drafts import shown_acceptability
from app.exchange.records import Options, Record
from app.languages.codes import LanguageCode

_USABLE = (Acceptability.PREFERRED, Acceptability.ADMITTED)


def narrowed(records: Iterable[Record], options: Options) -> Iterator[Record]:
    """The entries in the two languages of the options, the source first; without a pair, as they are.

    An entry that lacks a term in one of the two is left out.
    """
    if options.pair is None:
        yield from records
        return
    for record in records:
        if has_terms(record.content, options.pair):
            yield replace(record, content=_in_two_languages(record.content, options.pair))


def has_terms(content: EntryContent, languages: Iterable[LanguageCode]) -> bool:
    """Whether a content has a term in each of these languages."""
    return all(code in content.languages and content.languages[code].terms for code in languages)


def _in_two_languages(content: EntryContent, pair: tuple[LanguageCode, LanguageCode]) -> EntryContent:
    equivalence = {
        name: stated for name, stated in content.equivalence.items() if set(name.split("-")) == set(pair)
    }
    sections = {code: content.languages[code] for code in pair}
    # A part of what was valid is valid, and validation would put the languages into their usual order.
    return content.model_copy(update={"equivalence": equivalence, "languages": sections})


def usable(section: Section | None, status: str) -> list[Term]:
    """The terms that may be used, the preferred one first; those of an entry that no longer holds are none."""
    if section is None:
        return []
    terms = [term for term in section.terms if shown_acceptability(term.acceptability, status) in _USABLE]
    first = section.preferred
    return sorted(terms, key=lambda term: term is not first)


def to_avoid(section: Section | None, status: str) -> list[Term]:
    """The terms that may not be used."""
    if section is None:
        return []
    return [term for term in section.terms if shown_acceptability(term.acceptability, status) not in _USABLE]
