"""The status of an entry, derived from the facts about it; nobody ever types it in."""

from dataclasses import dataclass
from enum import StrEnum


class EntryStatus(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DIVERGED = "diverged"


@dataclass(frozen=True)
class EntryFacts:
    """All that the status of an entry depends on."""

    has_version: bool = False
    """A text of it was adopted."""
    under_review: bool = False
    """The proposal that would bring its first text is accepted for review and open."""
    superseded: bool = False
    """A decision names its successor."""
    withdrawn: bool = False
    """A decision took it back, or its proposal ended without adoption."""
    diverged: bool = False
    """The sides recorded parallel texts."""


def derive_status(facts: EntryFacts) -> EntryStatus:
    """The status that follows from the facts. Ends weigh more than texts, texts more than proposals.

    An entry whose only proposal ended without adoption is withdrawn: its number is spent, and whoever
    looks it up is told so.
    """
    if facts.withdrawn:
        return EntryStatus.WITHDRAWN
    if facts.superseded:
        return EntryStatus.SUPERSEDED
    if facts.diverged:
        return EntryStatus.DIVERGED
    if facts.has_version:
        return EntryStatus.AGREED
    return EntryStatus.PROPOSED if facts.under_review else EntryStatus.WITHDRAWN
