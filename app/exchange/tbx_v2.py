"""TBX-Basic of 2008 (ISO 30042:2008, root martif), which much of the installed software reads alone.

No document type is written, since a tool might fetch it. Nothing is lost; see `lowered`.
"""

from collections.abc import Iterable, Iterator

from app.entries.content import PartOfSpeech
from app.exchange import tbx, tbx_writer
from app.exchange.records import PLAIN, Options, Record
from app.exchange.tbx_edition import Edition

EDITION = Edition(
    head="""\
<?xml version="1.0" encoding="UTF-8"?>
<martif type="TBX-Basic" xml:lang="en">
<martifHeader>
<fileDesc>
<titleStmt><title>Compendium of theatre missile defence terms</title></titleStmt>
<sourceDesc><p>Exported from the compendium; the id of an entry is its permanent number.</p></sourceDesc>
</fileDesc>
</martifHeader>
<text>
<body>
""",
    entry="termEntry",
    section="langSet",
    term="tig",
    tail="</body>\n</text>\n</martif>\n",
    parts_of_speech={**tbx.EDITION.parts_of_speech, PartOfSpeech.PROPER_NOUN: "properNoun"},
    preferred_first=True,
    dates_with_time=False,
)


def write(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """The file in small pieces, valid TBX-Basic if there is at least one record."""
    return tbx_writer.write(records, EDITION, options)
