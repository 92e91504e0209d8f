"""Entries from JSON lines: `{"number"?, "external_id"?, "status"?, "content"}`, one entry a line, in full.

What else stands beside the content is not ours to take, and a warning names it.
"""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any, BinaryIO

from pydantic import ValidationError

from app.entries.content import EntryContent
from app.errors import UnreadableFile
from app.exchange.drafts import SHOWN, faults_of
from app.exchange.lowered import AD_REFERENDUM
from app.exchange.options import DEFAULTS, ReadOptions
from app.exchange.records import Fault, Incoming

MAX_LINE = 4_000_000
"""Bytes; the longest content has less than a quarter of it in most letters."""
KNOWN = frozenset({"number", "external_id", "status", "content", "beside"})
PASSED_OVER = frozenset({"uri", "version", "digest", "updated_at", "adopted", "ad_referendum"})
"""What other answers of the service have beside a content, and says nothing that could be lost."""


class _Repeated(ValueError):
    pass


def read(stream: BinaryIO, options: ReadOptions = DEFAULTS) -> Iterator[Incoming]:
    """The entries of the file, one at a time. Raises UnreadableFile."""
    found = False
    for number in count(1):
        line = stream.readline(MAX_LINE + 1)
        if not line:
            break
        if len(line) > MAX_LINE:
            raise UnreadableFile(reason="jsonl_malformed", line=number)
        if text := _decoded(line, number).strip():
            found = True
            yield _incoming(_parsed(text, number), number, options)
    if not found:
        raise UnreadableFile(reason="jsonl_malformed", line=1)


def _decoded(line: bytes, number: int) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile(reason="csv_encoding", line=number) from error


def _parsed(text: str, number: int) -> dict[str, Any]:
    try:
        value = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(reason="jsonl_malformed", line=number) from error
    if not isinstance(value, dict):
        raise UnreadableFile(reason="jsonl_malformed", line=number)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Of two values of one name, a reader would take the last one, and nobody would know.
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Repeated
    return found


def _incoming(fields: dict[str, Any], number: int, options: ReadOptions) -> Incoming:
    names = [fields.get(name) for name in ("number", "external_id")]
    reference = next((name for name in names if isinstance(name, str) and name), None)
    faults = [Fault(name, "string_type") for name in ("number", "external_id") if _is_wrong(fields.get(name))]
    warnings = [
        Fault("", "unknown_category", {"category": name[:SHOWN]})
        for name in fields
        if name not in KNOWN | PASSED_OVER
    ]
    # What somebody has said of the text is no part of it: only a party makes its statements, and not by a file.
    if isinstance(said := fields.get("beside"), list):
        notes = [note for note in map(_text, said) if not note.startswith(AD_REFERENDUM)]
        warnings += (Fault("", "statement_left_out", {"value": note[:SHOWN]}) for note in notes)
    content = fields.get("content")
    if isinstance(content, dict) and not content.get("subject_fields") and options.subject is not None:
        content = {**content, "subject_fields": [options.subject]}
        warnings.append(Fault("subject_fields", "subject_field_assumed", {"subject": options.subject}))
    text = None
    try:
        text = EntryContent.model_validate_json(json.dumps(content))
    except ValidationError as error:
        faults += faults_of(error)
    return Incoming(number, reference, None if faults else text, tuple(faults), tuple(warnings))


def _is_wrong(name: Any) -> bool:
    return name is not None and not isinstance(name, str)


def _text(said: Any) -> str:
    return str(said.get("text", "")) if isinstance(said, dict) else str(said)
