"""What keeps the rows of a table honest. Who adds a table says it here, or has its rows sealed."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Table

_KEPT, _LOOSE = "kept", "loose"


class Kept(StrEnum):
    SEALED = "sealed"
    """Each transaction that changes a row leaves a seal; what a table is unless it says otherwise."""
    DERIVED = "derived"
    """The rows follow from sealed ones, and are verified by making them anew."""
    LOG = "log"
    """The record itself, which is chained."""
    PASSING = "passing"
    """Nothing that is decided or shown follows from the rows, and they come and go by themselves."""


def kept_as(kept: Kept) -> dict[str, Any]:
    """The `info` of a table that is not sealed."""
    return {_KEPT: kept}


def kept(table: Table) -> Kept:
    """What keeps the rows of a table honest."""
    found: Kept = table.info.get(_KEPT, Kept.SEALED)
    return found


def loose(reason: str) -> dict[str, Any]:
    """The `info` of a column that changes too often, and says too little, for each change to be sealed."""
    return {_LOOSE: reason}


def is_loose(column: Column[Any]) -> bool:
    """Whether the seal of a row leaves a column out."""
    return _LOOSE in column.info
