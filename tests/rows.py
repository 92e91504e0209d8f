"""What a database holds, to show that a request changed nothing."""

from typing import Any

from sqlmodel import SQLModel

from app.db import Database


def everything(database: Database) -> dict[str, list[Any]]:
    """Each row of each table."""
    with database.read() as db:
        return {
            table.name: sorted(map(repr, db.execute(table.select()))) for table in SQLModel.metadata.sorted_tables
        }
