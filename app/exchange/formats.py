"""The exchange formats by name: the one place that knows them all."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, Literal

from app.exchange import csv_reader, csv_table, jsonl, tbx, tbx_reader, tbx_v2
from app.exchange.records import Format, Incoming, Pair, Style, Terms
from app.exchange.writers import glossaries, skos, tbx_editions, tmx, utx, wide, xlsx
from app.exchange.writers import losses as lost

FormatName = Literal[
    "tbx",
    "tbx-2019",
    "tbx-v4",
    "tbx-v2",
    "tbx-linguist",
    "csv",
    "csv-wide",
    "xlsx",
    "jsonl",
    "skos",
    "skos-jsonld",
    "tsv-omegat",
    "utx",
    "tmx",
    "memoq",
    "multiterm",
    "weblate",
    "google",
    "deepl",
]
ReadableName = Literal["tbx", "tbx-v2", "csv", "jsonl"]
"""Those that an import takes. `tbx` reads all editions, dialects and styles: a file rarely says which it is."""

TBX = "application/x-tbx"
CSV = "text/csv; charset=utf-8"
TURTLE = "text/turtle; charset=utf-8"
TSV = "text/tab-separated-values; charset=utf-8"
BOTH_STYLES = (Style.DCA, Style.DCT)

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format(
            "tbx",
            TBX,
            ".tbx",
            tbx.write,
            tbx_reader.read,
            lowered=tbx.LOWERED,
            pair=Pair.OPTIONAL,
            purpose="termbases: ISO 30042:2019, valid under TBX-Basic of 2019 and of 2025",
        ),
        Format(
            "tbx-2019",
            TBX,
            ".tbx",
            tbx_editions.write_2019,
            None,
            lowered=tbx_editions.LOWERED,
            pair=Pair.OPTIONAL,
            styles=BOTH_STYLES,
            purpose="termbases: all that TBX-Basic of 2019 allows",
        ),
        Format(
            "tbx-v4",
            TBX,
            ".tbx",
            tbx_editions.write_v4,
            None,
            lowered=tbx_editions.LOWERED,
            pair=Pair.OPTIONAL,
            purpose="termbases: TBX-Basic Version 4 of 2025",
        ),
        Format(
            "tbx-v2",
            TBX,
            ".tbx",
            tbx_v2.write,
            tbx_reader.read,
            lowered=tbx.LOWERED,
            pair=Pair.OPTIONAL,
            purpose="CAT tools: TBX-Basic of 2008 (martif)",
        ),
        Format(
            "tbx-linguist",
            TBX,
            ".tbx",
            tbx_editions.write_linguist,
            None,
            lowered=tbx_editions.LOWERED_IN_LINGUIST,
            pair=Pair.OPTIONAL,
            styles=BOTH_STYLES,
            purpose="termbases: TBX-Linguist, with number, register and transliterations",
        ),
        Format("csv", CSV, ".csv", csv_table.write, csv_reader.read, purpose="a row a term, for the way back"),
        Format("csv-wide", CSV, ".csv", wide.write, None, wide.LOSSES, purpose="a row an entry, for spreadsheets"),
        Format("xlsx", xlsx.MEDIA_TYPE, ".xlsx", xlsx.write, None, xlsx.LOSSES, purpose="the same as a workbook"),
        Format(
            "jsonl", "application/jsonl", ".jsonl", jsonl.write, jsonl.read, purpose="a line an entry, all of it"
        ),
        Format("skos", TURTLE, ".ttl", skos.write_turtle, None, skos.LOSSES, purpose="RDF as Turtle"),
        Format(
            "skos-jsonld",
            "application/ld+json",
            ".jsonld",
            skos.write_json_ld,
            None,
            skos.LOSSES,
            purpose="RDF as JSON-LD",
        ),
        Format(
            "tsv-omegat",
            TSV,
            ".txt",
            glossaries.write_omegat,
            None,
            lost.OMEGAT,
            pair=Pair.NEEDED,
            terms=Terms.USABLE,
            purpose="OmegaT glossaries",
        ),
        Format(
            "utx",
            TSV,
            ".utx",
            utx.write,
            None,
            lost.UTX,
            pair=Pair.NEEDED,
            purpose="UTX 1.11, with forbidden terms",
        ),
        Format(
            "tmx",
            "application/x-tmx+xml",
            ".tmx",
            tmx.write,
            None,
            lost.TMX,
            pair=Pair.OPTIONAL,
            terms=Terms.FIRST,
            purpose="translation memories and engines: TMX 1.4b",
        ),
        Format(
            "memoq",
            CSV,
            ".csv",
            glossaries.write_memoq,
            None,
            lost.MEMOQ,
            terms=Terms.USABLE,
            purpose="memoQ term bases",
        ),
        Format(
            "multiterm",
            CSV,
            ".csv",
            glossaries.write_multiterm,
            None,
            lost.MULTITERM,
            terms=Terms.USABLE,
            purpose="MultiTerm and Trados",
        ),
        Format(
            "weblate",
            CSV,
            ".csv",
            glossaries.write_weblate,
            None,
            lost.WEBLATE,
            pair=Pair.NEEDED,
            terms=Terms.FIRST,
            purpose="Weblate glossaries",
        ),
        Format(
            "google",
            CSV,
            ".csv",
            glossaries.write_google,
            None,
            lost.GOOGLE,
            pair=Pair.OPTIONAL,
            terms=Terms.FIRST,
            once=True,
            purpose="Google Cloud Translation",
        ),
        Format(
            "deepl",
            TSV,
            ".tsv",
            glossaries.write_deepl,
            None,
            lost.DEEPL,
            pair=Pair.NEEDED,
            terms=Terms.FIRST,
            once=True,
            purpose="DeepL glossaries",
        ),
    )
}
READABLE: dict[str, Format] = {name: format_ for name, format_ in FORMATS.items() if format_.read is not None}


def reader(name: ReadableName) -> Callable[[BinaryIO], Iterator[Incoming]]:
    """What reads files of a format."""
    read = READABLE[name].read
    if read is None:
        raise LookupError(name)
    return read
