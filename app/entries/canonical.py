"""The canonical form of a content and its digest: the same bytes on every machine and database."""

from typing import Any

from app.canonical import digest, encode
from app.entries.content import EntryContent

__all__ = ["canonical_json", "content_digest", "content_from", "digest"]


def canonical_json(content: EntryContent) -> str:
    """The content as RFC 8785 JSON. Absent and empty fields are left out.

    Leaving them out keeps old digests valid when a later release adds an optional field.
    """
    return encode(without_empty(content.model_dump(mode="json")))


def content_digest(content: EntryContent) -> str:
    """The digest of the canonical form of a content."""
    return digest(canonical_json(content))


def content_from(canonical: str) -> EntryContent:
    """The content that a stored canonical form holds."""
    return EntryContent.model_validate_json(canonical)


def without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, [], {})}
    if isinstance(value, list):
        return [without_empty(item) for item in value]
    return value
