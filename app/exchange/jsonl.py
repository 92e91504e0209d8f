"""JSON Lines: an entry a line, with all of its content. Nothing is lost, and nothing is lowered.

    {"number": "TMD-0017", "status": "agreed", "content": {…}}

The content is in its canonical form, so that the digest of a version is the SHA-256 of what stands there. Beside
these three a line may say `ad_referendum`, and `beside`: what parties and sides have said of the text, which is no
part of it and is not read back; see `jsonl_reader`.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.entries.canonical import canonical_json
from app.exchange.beside import beside
from app.exchange.records import PLAIN, Options, Record

CHUNK = 32_768
"""Characters collected before bytes are sent."""


def write(records: Iterable[Record], _options: Options = PLAIN, /) -> Iterator[bytes]:
    """A line an entry, in small pieces."""
    lines: list[str] = []
    size = 0
    for record in records:
        lines.append(_line(record))
        size += len(lines[-1])
        if size >= CHUNK:
            yield "".join(lines).encode()
            lines, size = [], 0
    yield "".join(lines).encode()


def _line(record: Record) -> str:
    said: dict[str, Any] = {"number": record.number, "status": record.status}
    if record.ad_referendum:
        said["ad_referendum"] = True
    if notes := [one.text for one in beside(record)]:
        said["beside"] = notes
    head = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return f'{head[:-1]},"content":{canonical_json(record.content)}}}\n'
