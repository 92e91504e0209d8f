"""Small makers for the tests of the exchange formats."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from app.entries.content import EntryContent
from app.exchange.formats import FORMATS
from app.exchange.options import DEFAULTS
from app.exchange.readers import READERS
from app.exchange.records import Incoming, Options, Pair, Record

LOSSLESS = ["tbx", "tbx-v2", "csv", "jsonl"]
"""What brings back all that it took out."""


def make_content(**languages: dict[str, Any]) -> EntryContent:
    """A content with the given sections, or with one English term."""
    sections = languages or {"en": {"terms": [{"text": "interceptor"}]}}
    return EntryContent.model_validate({"subject_fields": ["interception"], "languages": sections})


def make_record(content: EntryContent | None = None, number: str = "TMD-0017", status: str = "agreed") -> Record:
    return Record(
        number=number,
        status=status,
        uri=f"https://terms.example/id/{number}",
        updated_at=datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
        content=content or make_content(),
    )


def options_of(format_: str) -> Options:
    """Those without which the format cannot be."""
    return Options("en", "ru") if FORMATS[format_].pair is Pair.NEEDED else Options()


def written(format_: str, *records: Record, options: Options | None = None) -> bytes:
    return b"".join(FORMATS[format_].write(records, options or options_of(format_)))


def read(format_: str, data: bytes | str) -> list[Incoming]:
    data = data.encode() if isinstance(data, str) else data
    return list(READERS[format_](io.BytesIO(data), DEFAULTS))


def there_and_back(format_: str, contents: Iterable[EntryContent], status: str = "agreed") -> list[EntryContent]:
    """The contents that come back from a format, without a fault or a warning."""
    records = [make_record(content, f"TMD-{n:04}", status) for n, content in enumerate(contents, start=1)]
    incoming = read(format_, written(format_, *records))
    assert [item.reference for item in incoming] == [record.number for record in records]
    assert [(item.faults, item.warnings) for item in incoming] == [((), ())] * len(records)
    return [item.content for item in incoming if item.content]
