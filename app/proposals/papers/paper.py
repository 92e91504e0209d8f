"""A paper before it is written out: headings, paragraphs, facts and tables, whatever the form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.languages.codes import LanguageCode
from app.proposals.papers.word_diff import Mark, word_changes


@dataclass(frozen=True)
class Run:
    """A piece of text of one kind."""

    text: str
    mark: Mark = Mark.SAME
    strong: bool = False
    language: LanguageCode | None = None
    """Where it is another than that of the paper."""


Line = tuple[Run, ...]
Cell = tuple[Line, ...]
"""Lines one below the other."""
Content = str | Line | Cell


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    line: Line


@dataclass(frozen=True)
class Facts:
    """Labels, each with what belongs to it."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Column:
    text: str
    language: LanguageCode | None = None
    """That of the cells below."""


@dataclass(frozen=True)
class Table:
    """The first cell of a row is its heading."""

    caption: str
    head: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Points:
    """Numbered points."""

    lines: tuple[Line, ...]


Block = Heading | Paragraph | Facts | Table | Points


@dataclass(frozen=True)
class Paper:
    """A paper of the working group, in one language."""

    language: LanguageCode
    number: str
    title: str
    blocks: tuple[Block, ...]


def line(text: str, language: LanguageCode | None = None, *, strong: bool = False) -> Line:
    """A line of one text."""
    return (Run(text, strong=strong, language=language),)


def cell(content: Content) -> Cell:
    """A cell from one text, one line, or as it is."""
    if isinstance(content, str):
        return (line(content),) if content else ()
    if content and isinstance(content[0], Run):
        return (content,)
    return content  # type: ignore[return-value]


def facts(*rows: tuple[str, Content | None]) -> Facts:
    """The rows of which anything is known."""
    return Facts(tuple((label, cell(content)) for label, content in rows if content))


def table(caption: str, head: Iterable[Column], rows: Iterable[Sequence[Content]]) -> Table:
    """A table of rows whose cells are as long as they are."""
    return Table(caption, tuple(head), tuple(tuple(cell(content) for content in row) for row in rows))


def changed(before: str | None, after: str | None) -> Line:
    """A line in which the words that changed are marked."""
    return tuple(Run(piece.text, piece.mark) for piece in word_changes(before or "", after or ""))
