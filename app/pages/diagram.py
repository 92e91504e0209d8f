"""Where the boxes and lines of a concept diagram go. Pure.

As ISO 704 has it, a kind hangs from its superordinate concept by a slanting line and a part from its whole
by a bracket; other relations are lines with two ends. Broader concepts stand above, narrower ones below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

WIDTH = 760
BOX, GAP, ROW_GAP = 172, 20, 46
LETTERS, MOST_LINES = 21, 3
ABOVE, BESIDE, BELOW = 4, 6, 12
"""How many boxes are drawn in each place; the list beside the diagram has all."""


class Neighbour(NamedTuple):
    """A concept that is related to the one in the middle."""

    number: str
    text: str
    language: str
    status: str
    kind: str
    """The code of the relation."""
    inverse: bool
    """Whether it is the other concept that names this one."""
    said: str
    """What the neighbour is to the concept in the middle, in the reader's language."""

    @property
    def place(self) -> str:
        """Above, below or beside the concept."""
        if self.kind in ("generic", "partitive"):
            return "below" if self.inverse else "above"
        return "beside"


@dataclass(frozen=True)
class Box:
    """A concept as it is drawn."""

    x: int
    y: int
    lines: tuple[str, ...]
    text: str
    language: str
    number: str = ""
    width: int = BOX

    @property
    def height(self) -> int:
        return 14 + 17 * len(self.lines)

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass(frozen=True)
class Line:
    """A relation as it is drawn."""

    kind: str
    path: str
    sign: str = ""
    sign_x: int = 0
    sign_y: int = 0


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def drawn(text: str, language: str, neighbours: Sequence[Neighbour]) -> Drawing:
    """A concept, called by this term, among its neighbours."""
    above = _in_rows([n for n in neighbours if n.place == "above"][:ABOVE], 8)
    top = max((box.bottom for box, _ in above), default=8 - ROW_GAP) + ROW_GAP
    beside = [n for n in neighbours if n.place == "beside"][:BESIDE]
    left, right = _stacked(beside[1::2], 0, top), _stacked(beside[::2], WIDTH - BOX, top)
    lines = _lines_of(text)
    side_bottom = max((box.bottom for box, _ in left + right), default=top)
    own_height = 14 + 17 * len(lines)
    y = max(top, (top + side_bottom - own_height) // 2) if left or right else top
    centre = Box((WIDTH - BOX) // 2, y, lines, text, language)
    bottom = max(centre.bottom, side_bottom)
    below = _in_rows([n for n in neighbours if n.place == "below"][:BELOW], bottom + ROW_GAP)
    placed = [*above, *left, *right, *below]
    height = max([bottom, *(box.bottom for box, _ in placed)]) + 8
    boxes = (centre, *(box for box, _ in placed))
    return Drawing(WIDTH, height, boxes, tuple(_line(centre, box, n) for box, n in placed))


def _lines_of(text: str) -> tuple[str, ...]:
    """A term in lines that fit into a box."""
    lines = wrap(text, LETTERS, break_on_hyphens=True)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][: LETTERS - 1] + "…"]
    return tuple(lines)


def _in_rows(neighbours: Sequence[Neighbour], y: int) -> list[tuple[Box, Neighbour]]:
    """Up to four boxes a row, each row in the middle."""
    placed: list[tuple[Box, Neighbour]] = []
    for first in range(0, len(neighbours), 4):
        row = neighbours[first : first + 4]
        x = (WIDTH - len(row) * BOX - (len(row) - 1) * GAP) // 2
        boxes = [_box(n, x + place * (BOX + GAP), y) for place, n in enumerate(row)]
        placed += zip(boxes, row, strict=True)
        y = max(box.bottom for box in boxes) + ROW_GAP // 2
    return placed


def _stacked(neighbours: Sequence[Neighbour], x: int, y: int) -> list[tuple[Box, Neighbour]]:
    placed = []
    for neighbour in neighbours:
        box = _box(neighbour, x, y)
        placed.append((box, neighbour))
        y = box.bottom + GAP
    return placed


def _box(neighbour: Neighbour, x: int, y: int) -> Box:
    return Box(x, y, _lines_of(neighbour.text), neighbour.text, neighbour.language, neighbour.number)


def _line(centre: Box, box: Box, neighbour: Neighbour) -> Line:
    if neighbour.place == "beside":
        y = box.y + box.height // 2
        start, end = (box.x + box.width, centre.x) if box.x < centre.x else (box.x, centre.x + centre.width)
        middle = centre.y + centre.height // 2
        sign = "≠" if neighbour.kind == "contrast" else ""
        return Line(neighbour.kind, f"M{start} {y}L{end} {middle}", sign, (start + end) // 2, (y + middle) // 2 - 5)
    upper, lower = (box, centre) if neighbour.place == "above" else (centre, box)
    if neighbour.kind == "partitive":
        turn = upper.bottom + ROW_GAP // 2
        path = f"M{upper.middle} {upper.bottom}V{turn}H{lower.middle}V{lower.y}"
    else:
        path = f"M{upper.middle} {upper.bottom}L{lower.middle} {lower.y}"
    return Line(neighbour.kind, path)
