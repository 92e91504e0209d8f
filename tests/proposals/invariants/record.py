"""All that a database holds at one moment, each table read once."""

from typing import TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

Row = TypeVar("Row", bound=SQLModel)


class Record:
    """Reads a table when it is first asked for; the session keeps what was read."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self._rows: dict[type[SQLModel], list] = {}

    def of(self, table: type[Row]) -> list[Row]:
        """The rows of a table in the order of their keys."""
        if table not in self._rows:
            query = select(table).order_by(*inspect(table).primary_key)
            self._rows[table] = list(self.db.scalars(query))
        return self._rows[table]
