"""What a verification may find."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class BreachCode(StrEnum):
    EVENT = "event_does_not_fit"
    SEAL = "seal_does_not_fit"
    HEAD = "head_is_not_in_chain"  # a link that was kept outside is not there any more
    CHANGED = "row_is_not_what_was_sealed"
    MISSING = "row_is_missing"
    UNSEALED = "row_has_no_seal"
    UNREADABLE = "row_cannot_be_read"
    TEXT = "text_does_not_fit_digest"
    UNFOUNDED = "row_does_not_follow"  # a derived row that the texts do not call for
    WANTING = "row_that_follows_is_missing"
    STATE = "state_is_not_that_of_log"  # stored, recorded
    LEAP = "event_begins_elsewhere"  # state: what it says it began in


@dataclass(frozen=True)
class Breach:
    """One thing that is broken, in a row that has a name."""

    code: BreachCode
    table: str
    key: str
    """The primary key of the row: a JSON list."""
    params: dict[str, Any] = field(default_factory=dict)
