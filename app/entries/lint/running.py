"""All findings about a content."""

from app.entries.lint.catalogue import CHECKS
from app.entries.lint.checks import (
    abbreviations,
    chains,
    circularity,
    concordance,
    correctness,
    definitions,
    french_typography,
    neighbours,
    relations,
    russian_typography,
    sources,
    terms,
    typography,
    vocabulary,
    wording,
)
from app.entries.lint.finding import Finding, Severity
from app.entries.lint.reading import Reading

# Importing a module of checks adds them to the catalogue.
MODULES = (
    circularity,
    definitions,
    wording,
    terms,
    abbreviations,
    typography,
    french_typography,
    russian_typography,
    correctness,
    concordance,
    chains,
    vocabulary,
    neighbours,
    relations,
    sources,
)


def lint(reading: Reading) -> list[Finding]:
    """What all checks have to say, the gravest first, then in the order of the catalogue."""
    order = list(Severity)
    found = [
        (order.index(finding.severity), check.number, place, finding)
        for check in sorted(CHECKS.values(), key=lambda check: check.number)
        for place, finding in enumerate(check.findings(reading))
    ]
    return [finding for *_, finding in sorted(found, key=lambda row: row[:3])]
