"""TBX-Basic of ISO 30042:2019, in the profile that is valid under the dialect of 2019 and Version 4 of 2025.

The portable profile keeps to what both know: administrativeStatus with the values of 2019, no proper noun
among the parts of speech, modification as the only transaction, links only at the entry.
What TBX-Basic has no place for travels in notes, see `lowered`. Nothing is lost.
"""

from collections.abc import Iterable, Iterator

from app.entries.content import PartOfSpeech
from app.exchange import tbx_writer
from app.exchange.records import PLAIN, Options, Record
from app.exchange.tbx_edition import Edition

EDITION = Edition(
    head="""\
<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en">
<tbxHeader>
<fileDesc>
<titleStmt><title>Compendium of theatre missile defence terms</title></titleStmt>
<sourceDesc><p>Exported from the compendium; the id of an entry is its permanent number.</p></sourceDesc>
</fileDesc>
</tbxHeader>
<text>
<body>
""",
    entry="conceptEntry",
    section="langSec",
    term="termSec",
    tail="</body>\n</text>\n</tbx>\n",
    parts_of_speech={
        PartOfSpeech.NOUN: "noun",
        PartOfSpeech.VERB: "verb",
        PartOfSpeech.ADJECTIVE: "adjective",
        PartOfSpeech.ADVERB: "adverb",
        PartOfSpeech.OTHER: "other",
    },
    preferred_first=False,
    dates_with_time=True,
)

LOWERED = (
    "notation",
    "activities.*",
    "equivalence.*.degree",
    "equivalence.*.remark",
    "languages.*.examples.*",
    "languages.*.no_equivalent",
    "languages.*.notes.*",
    "languages.*.terms.*.abbreviation_of",
    "languages.*.terms.*.number",
    "languages.*.terms.*.register",
    "languages.*.terms.*.transliterations.*.scheme",
    "languages.*.terms.*.transliterations.*.text",
    "languages.*.terms.*.usage_note",
)
"""What TBX-Basic has no data category for, and notes carry."""


def write(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """The file in small pieces, valid TBX-Basic if there is at least one record."""
    return tbx_writer.write(records, EDITION, options)
