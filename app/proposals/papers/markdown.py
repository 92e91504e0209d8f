"""A paper as Markdown: CommonMark with tables, and `<ins>` and `<del>`, which it passes through."""

import re
from collections.abc import Iterator

from app.languages.codes import LanguageCode
from app.proposals.papers.paper import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Line,
    Paper,
    Paragraph,
    Points,
    Run,
    Table,
)
from app.proposals.papers.word_diff import Mark

MEDIA_TYPE = "text/markdown; charset=utf-8"

_TAGS = {Mark.INSERTED: "ins", Mark.DELETED: "del"}
# What could begin an element of Markdown or of HTML anywhere in a line.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#&$])")
# What could only at the beginning of one: a list, an underline of a heading.
_LEADING = re.compile(r"(?:([-+=])|([0-9]{1,9})([.)]))(?=\s|$)")


def write(paper: Paper) -> str:
    """The paper, ending in a line break."""
    parts = [f"# {escaped(paper.title)}", f"**{escaped(paper.number)}**"]
    parts += ("\n".join(_block(block, paper.language)) for block in paper.blocks)
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """A text that says the same to a reader of Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def _block(block: Block, language: LanguageCode) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"## {escaped(text)}"
        case Paragraph(content):
            yield _first(_line(content))
        case Points(lines):
            yield from (f"{place}. {_first(_line(content))}" for place, content in enumerate(lines, 1))
        case Facts(rows):
            colon = "\u00a0:" if language == "fr" else ":"
            yield from (f"- **{escaped(label)}**{colon} {_cell(content)}" for label, content in rows)
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield f"**{escaped(table.caption)}**"
    yield ""
    yield _row([_column(column) for column in table.head])
    yield _row(["---"] * len(table.head))
    for row in table.rows:
        first, *rest = row
        yield _row([f"**{_cell(first)}**" if first else "", *map(_cell, rest)])


def _column(column: Column) -> str:
    return escaped(column.text)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(content: Cell) -> str:
    return "<br>".join(map(_line, content))


def _line(content: Line) -> str:
    return "".join(map(_run, content))


def _run(run: Run) -> str:
    text = escaped(run.text)
    if run.mark in _TAGS:
        return f"<{_TAGS[run.mark]}>{text}</{_TAGS[run.mark]}>"
    return f"**{text}**" if run.strong else text


def _first(text: str) -> str:
    """A line that begins no list."""
    found = _LEADING.match(text)
    if found is None:
        return text
    return f"\\{text}" if found[1] else f"{found[2]}\\{text[len(found[2]) :]}"
