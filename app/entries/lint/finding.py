"""What a check says of a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.languages.codes import LanguageCode

Span = tuple[int, int]
"""Start and end in code points within the text of the element; the end is the first one after."""


class Severity(StrEnum):
    """What a finding stops."""

    ERROR = "error"  # the text cannot be submitted or agreed
    WARNING = "warning"  # it cannot be agreed until somebody answers for it
    INFORMATION = "information"  # nothing; worth a look


@dataclass(frozen=True, slots=True)
class Mark:
    """One place that a check has something to say about."""

    element: str
    """The path of the field, as the diff writes it: `languages.ru.terms[ракета].gender`."""
    language: LanguageCode | None = None
    span: Span | None = None
    fault: str = ""
    """Which of several faults that the check knows; it chooses the sentence."""
    severity: Severity | None = None
    """Where it differs from the usual severity of the check."""
    fix: str | None = None
    """What could stand in place of the span, or of the whole text where there is no span."""
    params: Mapping[str, Any] = field(default_factory=dict)
    """What the sentence quotes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A mark, and the check that made it."""

    check: str
    severity: Severity
    mark: Mark
    quoted: str | None = None
    """The text at the span."""

    @property
    def sentence(self) -> str:
        """The code of the sentence: `term-form`, or `term-form/article` where a check knows several faults."""
        return f"{self.check}/{self.mark.fault}" if self.mark.fault else self.check
