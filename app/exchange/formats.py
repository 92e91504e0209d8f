"""The exchange formats by name: the one place that knows them all."""

from typing import Literal

from app.exchange import csv_table, jsonl, tbx, tbx_v2
from app.exchange.records import Format, Pair, Style, Terms
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
            lowered=tbx.LOWERED,
            pair=Pair.OPTIONAL,
            purpose="termbases: ISO 30042:2019, valid under TBX-Basic of 2019 and of 2025",
        ),
        Format(
            "tbx-2019",
            TBX,
            ".tbx",
            tbx_editions.write_2019,
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
            lowered=tbx_editions.LOWERED,
            pair=Pair.OPTIONAL,
            purpose="termbases: TBX-Basic Version 4 of 2025",
        ),
        Format(
            "tbx-v2",
            TBX,
            ".tbx",
            tbx_v2.write,
            lowered=tbx.LOWERED,
            pair=Pair.OPTIONAL,
            purpose="CAT tools: TBX-Basic of 2008 (martif)",
        ),
        Format(
            "tbx-linguist",
            TBX,
            ".tbx",
            tbx_editions.write_linguist,
            lowered=tbx_editions.LOWERED_IN_LINGUIST,
            pair=Pair.OPTIONAL,
            styles=BOTH_STYLES,
            purpose="termbases: TBX-Linguist, with number, register, transliterations and remarks on equivalents",
        ),
        Format("csv", CSV, ".csv", csv_table.write, purpose="a row a term, for the way back"),
        Format("csv-wide", CSV, ".csv", wide.write, wide.LOSSES, purpose="a row an entry, for spreadsheets"),
        Format("xlsx", xlsx.MEDIA_TYPE, ".xlsx", xlsx.write, xlsx.LOSSES, purpose="the same as a workbook"),
        Format("jsonl", "application/jsonl", ".jsonl", jsonl.write, purpose="a line an entry, all of it"),
        Format("skos", TURTLE, ".ttl", skos.write_turtle, skos.LOSSES, purpose="RDF as Turtle"),
        Format(
            "skos-jsonld",
            "application/ld+json",
            ".jsonld",
            skos.write_json_ld,
            skos.LOSSES,
            purpose="RDF as JSON-LD",
        ),
        Format(
            "tsv-omegat",
            TSV,
            ".txt",
            glossaries.write_omegat,
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
            lost.UTX,
            pair=Pair.NEEDED,
            purpose="UTX 1.11, with forbidden terms",
        ),
        Format(
            "tmx",
            "application/x-tmx+xml",
            ".tmx",
            tmx.write,
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
            lost.MEMOQ,
            terms=Terms.USABLE,
            purpose="memoQ term bases",
        ),
        Format(
            "multiterm",
            CSV,
            ".csv",
            glossaries.write_multiterm,
            lost.MULTITERM,
            terms=Terms.USABLE,
            purpose="MultiTerm and Trados",
        ),
        Format(
            "weblate",
            CSV,
            ".csv",
            glossaries.write_weblate,
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
            lost.DEEPL,
            pair=Pair.NEEDED,
            terms=Terms.FIRST,
            once=True,
            purpose="DeepL glossaries",
        ),
    )
}
