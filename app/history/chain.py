"""The hash chain of the audit log: pure, so that anybody can re-compute it from an export."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.canonical import digest, encode

GENESIS = "0" * 64
"""What the first event of a log follows."""


def event_hash(event: Mapping[str, Any], previous: str) -> str:
    """The SHA-256 that ties an event to the one before it, over RFC 8785 JSON; 64 hexadecimal digits."""
    return digest(encode({**event, "previous": previous}))


def first_broken_link(events: Iterable[tuple[int, Mapping[str, Any], str, str]]) -> int | None:
    """The sequence number of the first event that does not fit the chain; None if all do.

    Each event is given as sequence number, fields, stored previous hash and stored hash. A missing event
    shows at the one after it.
    """
    expected, last = GENESIS, 0
    for seq, fields, previous, stored in events:
        if seq != last + 1 or previous != expected or event_hash(fields, previous) != stored:
            return seq
        expected, last = stored, seq
    return None
