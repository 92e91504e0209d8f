"""Statements that are run as often as there are look-ups."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, bindparam
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine


class Prepared:
    """A statement that is compiled once for each kind of database, and then handed to its driver directly."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[str, Mapping[str, Any], Sequence[str] | None]] = {}

    def rows(self, db: Connection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """All rows, with codes as texts."""
        text, fixed, order = self._compiled.get(db.dialect.name) or self._compile(db)
        named = {**fixed, **values}
        cursor = db.connection.cursor()
        try:
            cursor.execute(text, named if order is None else [named[name] for name in order])
            return cursor.fetchall()
        except db.dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(text, named, error, db.dialect.loaded_dbapi.Error) from error
        finally:
            cursor.close()

    def _compile(self, db: Connection) -> tuple[str, Mapping[str, Any], Sequence[str] | None]:
        compiled = self._statement.compile(dialect=db.dialect)
        order = compiled.positiontup if db.dialect.positional else None
        made = (str(compiled), compiled.construct_params(_check=False), order)
        self._compiled[db.dialect.name] = made
        return made


class PreparedForAny:
    """A statement that asks for any of a number of values, prepared for a few such numbers."""

    _SIZES = (1, 8, 64, 192, 512)

    def __init__(
        self, make: Callable[[Sequence[Any]], Select[*tuple[Any, ...]]], type_: type[TypeEngine[Any]] = String
    ) -> None:
        self._by_size = {
            size: Prepared(make([bindparam(name, type_=type_) for name in _names(size)])) for size in self._SIZES
        }

    def rows(self, db: Connection, sought: Sequence[Any], values: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
        """The rows for any of the values that are sought, with codes as texts."""
        for start in range(0, len(sought), self._SIZES[-1]):
            part = sought[start : start + self._SIZES[-1]]
            size = next(size for size in self._SIZES if size >= len(part))
            last = len(part) - 1
            named = {name: part[min(place, last)] for place, name in enumerate(_names(size))}
            yield from self._by_size[size].rows(db, {**named, **values})


@cache
def _names(size: int) -> tuple[str, ...]:
    return tuple(f"any_{place}" for place in range(size))
