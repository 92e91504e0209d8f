"""A message and a hint, as they are written in the source."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FindingText:
    message: str
    """What is wrong."""
    hint: str
    """What to do about it."""
