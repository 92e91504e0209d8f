"""TBX files against the schemas of `tests/tbx_schemas`."""

from functools import cache
from pathlib import Path

from lxml import etree

from tests.tbx_validate import check

SCHEMAS = Path(__file__).parent.parent / "tbx_schemas"


def findings(path: Path, edition: str) -> list[str]:
    """The errors and warnings of all layers: grammar, Schematron, ids, lint."""
    _, found = check(path, SCHEMAS, edition, want_lint=True)
    return [str(finding) for finding in found if finding["level"] != "info"]


@cache
def _grammar(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(SCHEMAS / name)))


def grammar_errors(data: bytes, name: str) -> list[str]:
    """The errors of the grammar alone, which takes no time."""
    grammar = _grammar(name)
    grammar.validate(etree.fromstring(data))
    return [error.message for error in grammar.error_log]
