"""JSON Lines: an entry a line, all of it, and what is wrong with a line that is not one."""

import hashlib
import json

from app.entries.canonical import content_digest
from tests.contents import full_content
from tests.exchange.makers import make_content, make_record, read, written
from tests.exchange.test_beside import qualified


def test_a_line_is_number_status_and_the_content_in_its_canonical_form() -> None:
    data = written("jsonl", make_record(full_content(), status="proposed"))
    head, _, content = data.decode().removesuffix("}\n").partition(',"content":')
    assert head == '{"number":"TMD-0017","status":"proposed"'
    assert hashlib.sha256(content.encode()).hexdigest() == content_digest(full_content())


def test_what_stands_beside_the_text_is_in_the_line_and_outside_the_content() -> None:
    line = json.loads(written("jsonl", qualified()))
    assert line["ad_referendum"] is True
    assert any("reservation (Российская Федерация)" in text for text in line["beside"])
    assert "Российская сторона" not in json.dumps(line["content"], ensure_ascii=False)


def test_a_line_needs_its_content_alone() -> None:
    content = {"subject_fields": ["threat"], "languages": {"ru": {"terms": [{"text": "ёмкость"}]}}}
    lines = [
        {"content": content},
        {"external_id": "iate-1", "content": content},
        {"number": "TMD-0002", "content": content},
    ]
    text = "\ufeff" + "\n\n".join(json.dumps(line) for line in lines)
    items = read("jsonl", text)
    assert [(item.line, item.reference) for item in items] == [(1, None), (3, "iate-1"), (5, "TMD-0002")]
    assert all(item.content and not item.warnings for item in items)


def test_a_field_that_there_is_not_is_told() -> None:
    line = json.loads(written("jsonl", make_record())) | {"colour": "red"}
    (incoming,) = read("jsonl", json.dumps(line))
    assert [(warning.code, warning.params) for warning in incoming.warnings] == [
        ("unknown_category", {"category": "colour"})
    ]
    assert incoming.content == make_record().content


def test_a_content_that_is_not_valid_names_its_fields() -> None:
    bad = make_content().model_dump(mode="json")
    bad["languages"]["en"]["terms"][0]["text"] = "two  spaces"
    (incoming,) = read("jsonl", json.dumps({"number": "TMD-0001", "content": bad}))
    assert incoming.content is None
    assert [(fault.field, fault.code) for fault in incoming.faults] == [
        ("languages.en.terms.0.text", "double_space")
    ]
