"""Bilingual and flat glossaries, as CAT tools and engines of machine translation import them.

All of them hold terms that may be used, and say what the status of an entry is that is not agreed wherever they
have a column for it. No text of the compendium holds a tab or a line break, so none needs an escape between tabs.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from app.exchange import lowered
from app.exchange.beside import beside
from app.exchange.narrowing import to_avoid, usable
from app.exchange.records import PLAIN, Options, Record
from app.exchange.writers.tables import delimited, harmless, no_comment
from app.languages.codes import LANGUAGES, LanguageCode

NAMES: dict[LanguageCode, str] = {"en": "English", "fr": "French", "ru": "Russian"}
BETWEEN = "|"
"""What stands between alternatives in a cell."""


def write_omegat(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """OmegaT: source, target and comment between tabs, without a header; a row for each term of the source."""
    return delimited(_omegat_rows(records, options), delimiter="\t", quoted=False)


def write_weblate(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """Weblate and translate-toolkit: a header, the number as context, the rest as comment of the developers."""
    return delimited(_weblate_rows(records, options))


def write_memoq(records: Iterable[Record], _options: Options = PLAIN, /) -> Iterator[bytes]:
    """memoQ: a row an entry between semicolons, in all languages; alternatives are to be split at `|`."""
    return delimited(_memoq_rows(records), delimiter=";", mark=True)


def write_multiterm(records: Iterable[Record], _options: Options = PLAIN, /) -> Iterator[bytes]:
    """MultiTerm and Trados: a row an entry, synonyms in one cell with `|` between them."""
    return delimited(_multiterm_rows(records), mark=True)


def write_google(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """Google Cloud Translation: two columns without a header for a pair, else a column for each language."""
    return delimited(_google_rows(records, options))


def write_deepl(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """DeepL: source and target between tabs. It refuses a file in which a source stands twice; the first counts."""
    return delimited(_once(_pairs(records, options)), delimiter="\t", quoted=False)


def _omegat_rows(records: Iterable[Record], options: Options) -> Iterator[list[str]]:
    source, target = _pair(options)
    for record in records:
        sources = usable(record.content.languages.get(source), record.status)
        targets = usable(record.content.languages.get(target), record.status)
        if sources and targets:
            comment = "; ".join(_remarks(record, target))
            for term in sources:
                yield [no_comment(term.text), targets[0].text, comment]


def _weblate_rows(records: Iterable[Record], options: Options) -> Iterator[list[str]]:
    source, target = _pair(options)
    yield ["context", "source", "target", "developer_comments"]
    for record in records:
        for one, other in _first(record, source, target):
            yield [record.number, one, other, "; ".join(_remarks(record, target))]


def _memoq_rows(records: Iterable[Record]) -> Iterator[list[str]]:
    yield [
        "Entry_ID",
        "Entry_Subject",
        "Entry_Note",
        *(name for language in LANGUAGES for name in (f"{NAMES[language]}_Def", NAMES[language])),
    ]
    for record in records:
        cells = [str(int(record.number.rpartition("-")[2])), record.content.subject_fields[0]]
        cells.append("; ".join([record.number, *_standing(record)]))
        for language in LANGUAGES:
            cells += [_definition(record, language), _alternatives(record, language)]
        yield cells


def _multiterm_rows(records: Iterable[Record]) -> Iterator[list[str]]:
    yield [
        "Entry number",
        "Subject",
        "Status",
        "Note",
        *(name for language in LANGUAGES for name in (NAMES[language], f"{NAMES[language]} definition")),
    ]
    for record in records:
        cells = [record.number, "/".join(record.content.subject_fields), record.status]
        cells.append("; ".join(_standing(record)))
        for language in LANGUAGES:
            cells += [_alternatives(record, language), _definition(record, language)]
        yield list(map(harmless, cells))


def _google_rows(records: Iterable[Record], options: Options) -> Iterator[list[str]]:
    if options.pair is not None:
        yield from _once(_pairs(records, options))
        return
    yield list(LANGUAGES)
    for record in records:
        first = [usable(record.content.languages.get(language), record.status)[:1] for language in LANGUAGES]
        if sum(map(bool, first)) > 1:
            yield [terms[0].text if terms else "" for terms in first]


def _pairs(records: Iterable[Record], options: Options) -> Iterator[list[str]]:
    source, target = _pair(options)
    for record in records:
        for pair in _first(record, source, target):
            yield list(pair)


def _once(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows whose source did not come before. Keeps 16 bytes for each."""
    seen: set[bytes] = set()
    for row in rows:
        mark = blake2b(row[0].encode(), digest_size=16).digest()
        if mark not in seen:
            seen.add(mark)
            yield row


def _first(record: Record, source: LanguageCode, target: LanguageCode) -> Iterator[tuple[str, str]]:
    """The first terms of the two languages, if both have one that may be used."""
    one = usable(record.content.languages.get(source), record.status)
    other = usable(record.content.languages.get(target), record.status)
    if one and other:
        yield one[0].text, other[0].text


def _remarks(record: Record, target: LanguageCode) -> Iterator[str]:
    """What a translator should know beside the term: number, status, other terms, those to avoid, definition."""
    section = record.content.languages[target]
    yield record.number
    yield from _standing(record)
    if others := [term.text for term in usable(section, record.status)[1:]]:
        yield f"also: {', '.join(others)}"
    if avoided := [term.text for term in to_avoid(section, record.status)]:
        yield f"not: {', '.join(avoided)}"
    if section.definition is not None:
        yield section.definition.text


def _standing(record: Record) -> Iterator[str]:
    """What keeps the text from being simply agreed: its status, and what parties and sides have said of it."""
    if record.status != "agreed":
        yield lowered.lowered("workflow", record.status)
    for one in beside(record):
        yield one.text


def _definition(record: Record, language: LanguageCode) -> str:
    section = record.content.languages.get(language)
    return section.definition.text if section and section.definition else ""


def _alternatives(record: Record, language: LanguageCode) -> str:
    terms = usable(record.content.languages.get(language), record.status)
    # Neither tool knows an escape for its own separator.
    return BETWEEN.join(term.text.replace(BETWEEN, "/") for term in terms)


def _pair(options: Options) -> tuple[LanguageCode, LanguageCode]:
    if options.pair is None:
        raise ValueError("the format holds a pair of languages")
    return options.pair
