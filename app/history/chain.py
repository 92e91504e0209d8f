"""The two hash chains, of events and of seals: pure, so that anybody can re-compute them from an export."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.canonical import digest, encode

GENESIS = "0" * 64
"""What the first link of a chain follows."""


def event_hash(event: Mapping[str, Any], previous: str) -> str:
    """The SHA-256 that ties an event to the one before it, over RFC 8785 JSON; 64 hexadecimal digits."""
    return digest(encode({**event, "previous": previous}))


def broken_links(events: Iterable[tuple[int, Mapping[str, Any], str, str]]) -> Iterator[int]:
    """The sequence numbers of the events that do not fit the chain.

    Each event is given as sequence number, fields, stored previous hash and stored hash. A missing event
    shows at the one after it.
    """
    expected, last = GENESIS, 0
    for seq, fields, previous, stored in events:
        if seq != last + 1 or previous != expected or event_hash(fields, previous) != stored:
            yield seq
        expected, last = stored, seq


def first_broken_link(events: Iterable[tuple[int, Mapping[str, Any], str, str]]) -> int | None:
    """The sequence number of the first event that does not fit the chain; None if all do."""
    return next(broken_links(events), None)


def seal_fingerprint(seal: Mapping[str, Any]) -> str:
    """The SHA-256 of what a seal says, over RFC 8785 JSON."""
    return digest(encode(dict(seal)))


def seal_hash(fingerprint: str, previous: str) -> str:
    """The SHA-256 that ties a seal to the one before it.

    It is made of two hashes, so that a link can be re-computed without being shown what the seal is about.
    """
    return digest(previous + fingerprint)
