"""The cells of tables that come in: several values in one of them, and words for the values of a term."""

from collections.abc import Mapping
from enum import StrEnum

from app.entries.content import Acceptability, Gender, GrammaticalNumber, PartOfSpeech, TermType
from app.exchange.csv_table import separated
from app.exchange.options import ReadOptions
from app.exchange.tbx_picklists import value_of
from app.exchange.xml import collapsed

OWN_SEPARATOR = "|"

_PICKED: Mapping[str, type[StrEnum]] = {
    "type": TermType,
    "acceptability": Acceptability,
    "part_of_speech": PartOfSpeech,
    "gender": Gender,
    "number": GrammaticalNumber,
}


class Cell(str):
    """What stands in a cell."""

    __slots__ = ("is_formula",)

    is_formula: bool
    """Whether a program would work the cell out, so that what is stored may be what nobody has seen."""

    def __new__(cls, text: str, *, is_formula: bool = False) -> "Cell":
        cell = super().__new__(cls, text)
        cell.is_formula = is_formula
        return cell


def values(cell: str, options: ReadOptions) -> list[str]:
    """The values of a cell, but for empty ones."""
    return [value for value in places(cell, options) if value]


def places(cell: str, options: ReadOptions) -> list[str]:
    """The values of a cell whose places count, empty ones among them."""
    if options.separator == OWN_SEPARATOR:
        return [collapsed(value) for value in separated(cell)]
    return [collapsed(value) for value in cell.split(options.separator)] if cell else []


def read_value(field: str, text: str) -> str:
    """The value of a term's field that a word stands for; the word itself if it is not known, for validation."""
    kind = _PICKED.get(field)
    if kind is None:
        return text.upper() if field == "region" else text
    return value_of(kind, text) or text
