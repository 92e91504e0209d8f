"""The page of a decision: who consented to what, and what it adopted or ended."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.entries.neighbours import called
from app.entries.numbers import entry_id
from app.entries.parties import party_names
from app.entries.presenting import decision_out
from app.entries.queries import decision_numbered
from app.http.deps import ReadDb
from app.http.params import DecisionNumber
from app.pages.paths import LANGUAGE
from app.pages.reader import PageReader
from app.pages.rendering import page

router = APIRouter(include_in_schema=False)

TEXTS = 100
"""Adopted texts that a page names."""


@router.get(LANGUAGE + "/decisions/{number}")
def decision_page(
    request: Request,
    db: ReadDb,
    reader: PageReader,
    number: DecisionNumber,
    part: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """A decision with a part of the texts that it adopted: an initial load may have thousands."""
    decision = decision_out(db, *decision_numbered(db, number))
    first = (part - 1) * TEXTS
    adopted = decision.versions[first : first + TEXTS]
    ended = decision.ended[:TEXTS]
    ids = {number: entry_id(number.partition("/")[0]) for number in (*adopted, *ended)}
    names = called(db, set(ids.values()))
    heads = {number: names[found].in_(*reader.columns) if found in names else None for number, found in ids.items()}
    parties = party_names(db)
    return page(
        request,
        reader,
        "decision.html",
        decision=decision,
        adopted=adopted,
        ended=ended,
        heads=heads,
        part=part,
        has_more=len(decision.versions) > first + TEXTS,
        party=lambda code: parties.name(code, reader.language),
    )
