"""The canonical form of a content and its digest: the same bytes on every machine and database.

The form is RFC 8785 (JSON Canonicalization Scheme). A content holds only texts, lists and objects with
ASCII keys, and for those Python's own encoder with sorted keys writes exactly that form; a property
test holds it against an implementation of the RFC.
"""

import hashlib
import json
from typing import Any

from app.entries.content import EntryContent


def canonical_json(content: EntryContent) -> str:
    """The content as RFC 8785 JSON. Absent and empty fields are left out.

    Leaving them out keeps old digests valid when a later release adds an optional field.
    """
    return encode(_without_empty(content.model_dump(mode="json")))


def encode(value: Any) -> str:
    """RFC 8785 JSON of a value made of texts, integers, lists and objects with ASCII keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(canonical: str) -> str:
    """The SHA-256 of a canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def content_from(canonical: str) -> EntryContent:
    """The content that a stored canonical form holds."""
    return EntryContent.model_validate_json(canonical)


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value
