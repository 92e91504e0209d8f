"""Parts of a page that are made from the code, between two marks."""

from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def renewed(page: str, name: str, made: str) -> str:
    """The page with this part as it is now."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    before, rest = page.split(begin)
    _, after = rest.split(end)
    return f"{before}{begin}{made}{end}{after}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
