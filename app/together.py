"""Several short lists of rows in one statement: a page that shows many kinds of rows asks once for all of them."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, inspect, literal_column, select, union_all
from sqlalchemy.orm import Session, aliased


def read_together(db: Session, *questions: Select[Any]) -> list[Sequence[Any]]:
    """The answers to questions that each ask for the rows of one table, in the order of their numbers.

    The table has a number for its key. The numbers of all rows that are wanted are found first, each with the
    place of its question; then every table is joined to its own.
    """
    tables = [_joined(question.column_descriptions[0]["entity"], place) for place, question in enumerate(questions)]
    numbers = [_number_of(question.column_descriptions[0]["entity"]) for question in questions]
    wanted = union_all(
        *(_numbers(place, *asked) for place, asked in enumerate(zip(questions, numbers, strict=True)))
    )
    found = wanted.subquery()
    statement = select(found.c.place, *tables).select_from(found).order_by(found.c.place, found.c.number)
    for place, (table, number) in enumerate(zip(tables, numbers, strict=True)):
        statement = statement.outerjoin(
            table, and_(found.c.place == place, getattr(table, number.key) == found.c.number)
        )
    answers: list[list[Any]] = [[] for _ in questions]
    for row in db.execute(statement):
        answers[row[0]].append(row[1 + row[0]])
    return [*answers]


@cache
def _joined(entity: Any, place: int) -> Any:
    """The table of the question at a place. What SQLAlchemy works out for it takes longer than the statement."""
    return aliased(entity, name=f"joined_{place}")


def _number_of(entity: Any) -> Any:
    (number,) = inspect(entity).primary_key
    return getattr(entity, inspect(entity).get_property_by_column(number).key)


def _numbers(place: int, question: Select[Any], number: Any) -> Select[Any]:
    """The numbers that a question asks for. It stands inside, so that it keeps its order and limit."""
    asked = question.with_only_columns(number.label("number")).subquery()
    return select(literal_column(str(place)).label("place"), asked.c.number.label("number"))
