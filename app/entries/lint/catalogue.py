"""The catalogue of checks. A module of checks adds its own by the decorator.

    @check(4, "definition-article", Severity.ERROR)
    def opens_with_article(reading: Reading) -> Iterator[Mark]:
        '''A definition begins with its genus, not with an article (ISO 704, 6.3).'''

Ids are promises: waivers name them. The numbers are those of the catalogue in docs/linter.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.entries.lint.finding import Finding, Mark, Severity
from app.entries.lint.reading import Reading
from app.languages.codes import LANGUAGES, LanguageCode

Run = Callable[[Reading], Iterator[Mark]]


@dataclass(frozen=True)
class Check:
    """One rule that a text may break."""

    number: int
    id: str
    severity: Severity
    languages: tuple[LanguageCode, ...]
    """Those whose texts it looks at."""
    run: Run

    @property
    def rule(self) -> str:
        """What is checked, in one sentence."""
        return (self.run.__doc__ or "").strip().splitlines()[0]

    def findings(self, reading: Reading) -> Iterator[Finding]:
        """What the check has to say of a content."""
        for mark in self.run(reading):
            yield Finding(self.id, mark.severity or self.severity, mark, reading.quoted(mark))


CHECKS: dict[str, Check] = {}
"""All checks by their ids, once `running` is imported."""


def check(
    number: int, id_: str, severity: Severity, languages: tuple[LanguageCode, ...] = LANGUAGES
) -> Callable[[Run], Run]:
    """Add a function to the catalogue."""

    def add(run: Run) -> Run:
        if id_ in CHECKS or any(other.number == number for other in CHECKS.values()):
            raise ValueError(f"there is a check {number} or {id_} already")
        CHECKS[id_] = Check(number, id_, severity, languages, run)
        return run

    return add
