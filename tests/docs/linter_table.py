"""The table of checks in docs/linter.md, made from the catalogue itself."""

from pathlib import Path

from app.entries.lint.running import CHECKS

PAGE = Path(__file__).parents[2] / "docs" / "linter.md"
BEGIN, END = "<!-- checks: begin -->\n", "<!-- checks: end -->"


def table() -> str:
    """A row a check, in the order of their numbers."""
    rows = [
        f"| {check.number} | `{check.id}` | {check.severity} | {' '.join(check.languages)} | {check.rule} |"
        for check in sorted(CHECKS.values(), key=lambda check: check.number)
    ]
    return "\n".join(["| | check | usual severity | languages | rule |", "|---|---|---|---|---|", *rows, ""])


def renewed(page: str) -> str:
    """The page with the table as it is now."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
