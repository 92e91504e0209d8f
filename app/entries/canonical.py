"""The canonical form of a content and its digest: the same bytes on every machine and database."""

from dataclasses import dataclass
from typing import Any, Self

from app.canonical import digest, encode
from app.entries.content import EntryContent

__all__ = ["CanonicalText", "canonical_json", "content_digest", "content_from", "digest"]


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """A content in its canonical form, which is worked out once for all that need it."""

    text: str
    digest: str

    @classmethod
    def of(cls, content: EntryContent) -> Self:
        text = canonical_json(content)
        return cls(text, digest(text))


def canonical_json(content: EntryContent) -> str:
    """The content as RFC 8785 JSON. Absent and empty fields are left out.

    Leaving them out keeps old digests valid when a later release adds an optional field.
    """
    return encode(without_empty(content.model_dump(mode="json", exclude_none=True)))


def content_digest(content: EntryContent) -> str:
    """The digest of the canonical form of a content."""
    return digest(canonical_json(content))


def content_from(canonical: str) -> EntryContent:
    """The content that a stored canonical form holds."""
    return EntryContent.model_validate_json(canonical)


def without_empty(value: Any) -> Any:
    """The same without what is absent or empty, inside as well; what is nothing else but that is empty itself."""
    if isinstance(value, dict):
        kept = {}
        for key, item in value.items():
            # Most are texts, which stay.
            if not isinstance(item, str):
                item = without_empty(item)
                if item is None or item == [] or item == {}:
                    continue
            kept[key] = item
        return kept
    if isinstance(value, list):
        return [item if isinstance(item, str) else without_empty(item) for item in value]
    return value
