"""JSON lines that come in."""

import io
import json
from typing import Any

import pytest

from app.entries.canonical import canonical_json
from app.errors import UnreadableFile
from app.exchange import jsonl_reader
from app.exchange.options import ReadOptions
from app.exchange.records import Fault, Incoming
from tests.contents import full_content

CONTENT = {"subject_fields": ["threat"], "languages": {"ru": {"terms": [{"text": "ракета"}]}}}


def entries(*lines: Any, **options: str) -> list[Incoming]:
    texts = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
    return list(jsonl_reader.read(io.BytesIO(b"\n".join(texts)), ReadOptions(**options)))  # type: ignore[arg-type]


def test_the_fullest_content_comes_in_whole() -> None:
    (incoming,) = entries({"number": "TMD-0017", "content": json.loads(canonical_json(full_content()))})
    assert incoming == Incoming(1, "TMD-0017", full_content())


def test_an_entry_is_called_by_its_number_or_else_by_its_own_name() -> None:
    items = entries(
        {"content": CONTENT, "number": None, "external_id": "IATE-254003", "status": "proposed"},
        b"",
        {"content": CONTENT, "external_id": "x", "number": "TMD-0003"},
        {"content": CONTENT},
    )
    assert [(item.line, item.reference) for item in items] == [(1, "IATE-254003"), (3, "TMD-0003"), (4, None)]
    assert all(item.content is not None for item in items)


def test_what_stands_beside_the_content_is_named() -> None:
    (incoming,) = entries({"content": CONTENT, "votes": [1], "digest": "0", "beside": ["reservation (X): no"]})
    assert incoming.warnings == (
        Fault("", "unknown_category", {"category": "votes"}),
        Fault("", "statement_left_out", {"value": "reservation (X): no"}),
    )


def test_faults_name_the_field() -> None:
    items = entries(
        {"content": {**CONTENT, "colour": "red"}},
        {"content": {"languages": CONTENT["languages"]}},
        {"content": "ракета"},
        {"number": 17, "content": CONTENT},
        {},
    )
    assert [[(fault.field, fault.code) for fault in item.faults] for item in items] == [
        [("colour", "extra_forbidden")],
        [("subject_fields", "missing")],
        [("", "model_type")],
        [("number", "string_type")],
        [("", "model_type")],
    ]
    assert all(item.content is None for item in items)


def test_a_missing_subject_field_is_the_one_that_the_caller_gives() -> None:
    (incoming,) = entries({"content": {"languages": CONTENT["languages"]}}, subject="threat")
    assert incoming.content.subject_fields == ("threat",)
    assert [warning.code for warning in incoming.warnings] == ["subject_field_assumed"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"\n\n", 1),
        (b"[]", 1),
        (b'{"content": {}', 1),
        (b'{"content": {}}\n{"a": 1, "a": 2}', 2),
        (b'{"content": ' + b"[" * 100_000, 1),
        (b'{"content": ' + b'{"a":' * 100_000, 1),
        (b'{"number": 1' + b"0" * 5_000 + b"}", 1),
    ],
)
def test_what_is_no_json_line_is_refused_with_its_line(data: bytes, line: int) -> None:
    with pytest.raises(UnreadableFile) as error:
        entries(data)
    assert error.value.params == {"reason": "jsonl_malformed", "line": line}


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableFile) as error:
        entries({"content": CONTENT}, b'"\xff"')
    assert error.value.params == {"reason": "csv_encoding", "line": 2}


def test_an_endless_line_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl_reader, "MAX_LINE", 1_000)
    with pytest.raises(UnreadableFile, match="jsonl_malformed"):
        entries(b'{"content": "' + b"x" * 1_000)


@pytest.mark.parametrize("text", [b'"\\ud800"', b'"\\u0000"'])
def test_characters_that_are_none_are_faults(text: bytes) -> None:
    line = json.dumps({"content": CONTENT}, ensure_ascii=False).encode().replace('"ракета"'.encode(), text)
    (incoming,) = entries(line)
    assert incoming.content is None
    assert incoming.faults
