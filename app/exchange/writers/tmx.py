"""TMX 1.4b: a unit an entry with the first usable term of each language, for engines that learn from pairs."""

from collections.abc import Iterable, Iterator

from app.exchange.beside import beside
from app.exchange.narrowing import usable
from app.exchange.records import PLAIN, Options, Record
from app.exchange.writers.tables import CHUNK
from app.exchange.xml import escaped, quoted
from app.languages.codes import LANGUAGES

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="compendium" creationtoolversion="1" segtype="phrase" o-tmf="TBX" adminlang="en" \
srclang={source} datatype="plaintext"/>
<body>
"""
_TAIL = "</body>\n</tmx>\n"


def write(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """The file in small pieces. A unit of which one language alone is known is left out."""
    pieces = [_HEAD.format(source=quoted(options.source or "*all*"))]
    size = 0
    for record in records:
        unit = _unit(record, options)
        pieces.append(unit)
        size += len(unit)
        if size >= CHUNK:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    pieces.append(_TAIL)
    yield "".join(pieces).encode()


def _unit(record: Record, options: Options) -> str:
    languages = options.pair or LANGUAGES
    found = [(code, usable(record.content.languages.get(code), record.status)[:1]) for code in languages]
    variants = [
        f'<tuv xml:lang="{code}"><seg>{escaped(term.text)}</seg></tuv>\n' for code, terms in found for term in terms
    ]
    if len(variants) < 2:
        return ""
    status = "" if record.status == "agreed" else f'<prop type="status">{record.status}</prop>\n'
    notes = "".join(f"<note>{escaped(one.text)}</note>\n" for one in beside(record))
    return f"<tu tuid={quoted(record.number)}>\n{notes}{status}{''.join(variants)}</tu>\n"
