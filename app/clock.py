"""What time it is. A database carries its clock, so that whatever a moment decides can be tried at any moment."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives this moment, aware, in UTC, to the microsecond that both databases keep."""


def system_clock() -> datetime:
    """The time of the machine."""
    return datetime.now(UTC)
