"""What changed from one text to another, by word. Pure."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple


class Mark(StrEnum):
    """What became of a part of a text."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


class Piece(NamedTuple):
    """A part of a text, and what became of it."""

    mark: Mark
    text: str


# A word with its inner hyphens; an elided one with its apostrophe, since what follows is a word of its own: l’œil.
# Each space and each mark stands for itself, so a no-break space is told from another.
_TOKEN = re.compile(r"\w+(?:[-‐‑]\w+)*['’]?|\s|[^\w\s]")


def word_changes(before: str, after: str) -> list[Piece]:
    """The parts of both texts in their order; what was deleted stands before what came in its place.

    The parts that are the same or deleted make up the text before, those the same or inserted the text after.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    deleted: list[str] = []
    inserted: list[str] = []
    for tag, first, last, begin, end in _opcodes(old, new):
        if tag == "equal":
            pieces += _changed(deleted, inserted)
            pieces.append(Piece(Mark.SAME, "".join(old[first:last])))
            deleted, inserted = [], []
        else:
            deleted += old[first:last]
            inserted += new[begin:end]
    return pieces + list(_changed(deleted, inserted))


def _opcodes(old: list[str], new: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """The steps from one list to the other. Spaces alone are no common ground between two changes."""
    # Without autojunk: in a long text it would take frequent words for noise.
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (tag, first, last, begin, end) in enumerate(steps):
        between = 0 < place < len(steps) - 1
        if tag == "equal" and between and all(token.isspace() for token in old[first:last]):
            tag = "replace"
        yield tag, first, last, begin, end


def _changed(deleted: list[str], inserted: list[str]) -> Iterator[Piece]:
    if deleted:
        yield Piece(Mark.DELETED, "".join(deleted))
    if inserted:
        yield Piece(Mark.INSERTED, "".join(inserted))
