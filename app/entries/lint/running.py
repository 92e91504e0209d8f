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
    """What all checks have to say, the gravest first, then in the order of the catalogue.

    Surroundings in a database are looked up for all checks together. A check that asked for what was not known
    yet is run again, until all that it asks is known: what it asks next may follow from the answers.
    """
    said: dict[int, list[Finding]] = {}
    waiting = sorted(CHECKS.values(), key=lambda check: check.number)
    while waiting:
        unsure = []
        for check in waiting:
            said[check.number] = list(check.findings(reading))
            if not reading.surroundings.was_complete():
                unsure.append(check)
        waiting = unsure
        if waiting:
            reading.surroundings.look_up()
    found = [finding for number in sorted(said) for finding in said[number]]
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))
