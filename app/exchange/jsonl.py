"""JSON Lines: an entry a line, with all of its content. Nothing is lost, and nothing is lowered.

    {"number": "TMD-0017", "status": "agreed", "content": {…}}

The content is in its canonical form, so that the digest of a version is the SHA-256 of what stands there. Beside
these three a line may say `ad_referendum`, and `beside`: what parties and sides have said of the text, which is no
part of it and is not read back. On the way in a line needs its `content` alone; `number` or `external_id` says what
the entry is called.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pydantic import ValidationError

from app.entries.canonical import canonical_json, content_from
from app.entries.content import EntryContent
from app.errors import UnreadableFile
from app.exchange.beside import beside
from app.exchange.drafts import SHOWN, faults_of
from app.exchange.lowered import AD_REFERENDUM
from app.exchange.records import PLAIN, Fault, Incoming, Options, Record

CHUNK = 32_768
"""Characters collected before bytes are sent."""
MAX_LINE = 20_000_000
"""Bytes."""

_FIELDS = frozenset({"number", "external_id", "status", "ad_referendum", "beside", "content"})


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


def read(stream: BinaryIO) -> Iterator[Incoming]:
    """The entries of the lines, one at a time; empty lines are passed over. Raises UnreadableFile."""
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise UnreadableFile(reason="json_malformed", line=number)
        if line.strip():
            yield _incoming(_parsed(line, number), number)


def _line(record: Record) -> str:
    said: dict[str, Any] = {"number": record.number, "status": record.status}
    if record.ad_referendum:
        said["ad_referendum"] = True
    if notes := [one.text for one in beside(record)]:
        said["beside"] = notes
    head = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return f'{head[:-1]},"content":{canonical_json(record.content)}}}\n'


def _parsed(line: bytes, number: int) -> dict[str, Any]:
    """The object of a line. Raises UnreadableFile."""
    try:
        said = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(reason="json_malformed", line=number) from error
    if not isinstance(said, dict) or not isinstance(said.get("content"), dict):
        raise UnreadableFile(reason="json_malformed", line=number)
    return said


def _left_out(text: str) -> Fault:
    return Fault("", code="statement_left_out", params={"value": text[:SHOWN]})


def _refused(constant: str) -> None:
    raise ValueError(constant)  # NaN and Infinity, which JSON does not have


def _incoming(said: dict[str, Any], line: int) -> Incoming:
    names = [said[key] for key in ("number", "external_id") if isinstance(said.get(key), str)]
    warnings = [
        Fault("", code="unknown_category", params={"category": key[:SHOWN]}) for key in said if key not in _FIELDS
    ]
    if isinstance(said.get("beside"), list):
        warnings += [_left_out(str(text)) for text in said["beside"] if not str(text).startswith(AD_REFERENDUM)]
    content: EntryContent | None = None
    faults: tuple[Fault, ...] = ()
    try:
        content = content_from(json.dumps(said["content"]))
    except ValidationError as error:
        faults = faults_of(error)
    return Incoming(line, next(iter(names), None), content, faults, tuple(warnings))
