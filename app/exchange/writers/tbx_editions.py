"""TBX beyond the portable profile: all of TBX-Basic of 2019, TBX-Basic Version 4 of 2025, and TBX-Linguist.

Each says in data categories what the portable profile says in notes, as far as it has one. The notes from which
`tbx_reader` restores a content stay beside them, so nothing is lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.entries.content import PartOfSpeech
from app.exchange import tbx, tbx_writer
from app.exchange.records import PLAIN, Options, Record

BASIC_2019 = replace(tbx.EDITION, all_of_basic=True)

# The core schema of Version 4 has no room for the DCT style.
BASIC_V4 = replace(
    tbx.EDITION,
    parts_of_speech={**tbx.EDITION.parts_of_speech, PartOfSpeech.PROPER_NOUN: "properNoun"},
    usage_status=True,
    all_of_basic=True,
)

LINGUIST = replace(
    tbx.EDITION,
    head=tbx.EDITION.head.replace('type="TBX-Basic"', 'type="TBX-Linguist"'),
    all_of_basic=True,
    linguist=True,
)

_IN_CATEGORIES = ("activities.*", "languages.*.terms.*.abbreviation_of")
LOWERED = tuple(path for path in tbx.LOWERED if path not in _IN_CATEGORIES)
LOWERED_IN_LINGUIST = tuple(
    path
    for path in LOWERED
    if not path.endswith((".number", ".register", ".remark")) and ".transliterations." not in path
)


def write_2019(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """TBX-Basic with everything that the dialect of 2019 allows."""
    return tbx_writer.write(records, BASIC_2019.in_style(options.style), options)


def write_v4(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """TBX-Basic in the words of Version 4."""
    return tbx_writer.write(records, BASIC_V4, options)


def write_linguist(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """TBX-Linguist, which has number, register, transliterations and remarks on equivalents."""
    return tbx_writer.write(records, LINGUIST.in_style(options.style), options)
