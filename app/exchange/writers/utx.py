"""UTX 1.11 of the AAMT: a bilingual glossary between tabs, a row for each term, with its status.

Unlike other bilingual files it holds the terms that may not be used, as `forbidden`. What is not agreed is
`provisional`.
"""

from collections.abc import Iterable, Iterator

from app.entries.content import Acceptability, PartOfSpeech, Term
from app.exchange.beside import beside
from app.exchange.drafts import shown_acceptability
from app.exchange.narrowing import to_avoid, usable
from app.exchange.records import PLAIN, Options, Record
from app.exchange.writers.tables import delimited, instant, no_comment
from app.languages.codes import LanguageCode

_PARTS_OF_SPEECH = {
    PartOfSpeech.PROPER_NOUN: "properNoun",
}
_NO_DATE = "2000-01-01T00:00:00Z"


def write(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """The file in small pieces, without a byte order mark."""
    return delimited(_rows(records, options), delimiter="\t", quoted=False)


def _rows(records: Iterable[Record], options: Options) -> Iterator[list[str]]:
    if options.pair is None:
        raise ValueError("the format holds a pair of languages")
    source, target = options.pair
    as_of = instant(options.as_of) if options.as_of else _NO_DATE
    yield [f"#UTX 1.11; {source}/{target}; {as_of}; creator: compendium"]
    yield ["#src", "tgt", "src:pos", "term status", "concept ID", "comment"]
    for record in records:
        yield from _of_entry(record, source, target)


def _of_entry(record: Record, source: LanguageCode, target: LanguageCode) -> Iterator[list[str]]:
    """Each term of the source with the first of the target, then the first of the source with each other term."""
    section, other = record.content.languages.get(source), record.content.languages.get(target)
    sources, targets = usable(section, record.status), usable(other, record.status)
    if not (sources and targets):
        return
    for term in [*sources, *to_avoid(section, record.status)]:
        yield _row(term, targets[0], term, record)
    for term in [*targets[1:], *to_avoid(other, record.status)]:
        yield _row(sources[0], term, term, record)


def _row(source: Term, target: Term, judged: Term, record: Record) -> list[str]:
    """A pair, with the status of the term of the two that is not the first of its language."""
    word = _PARTS_OF_SPEECH.get(source.part_of_speech, source.part_of_speech.value)
    said = "; ".join(one.text for one in beside(record))
    return [no_comment(source.text), target.text, word, _status(judged, record.status), record.number, said]


def _status(term: Term, status: str) -> str:
    shown = shown_acceptability(term.acceptability, status)
    if shown in (Acceptability.DEPRECATED, Acceptability.SUPERSEDED):
        return "forbidden"
    if status != "agreed":
        return "provisional"
    return "approved" if shown is Acceptability.PREFERRED else "non-standard"
