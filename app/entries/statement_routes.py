"""Statements on adopted texts over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.accounts.deps import CurrentActor
from app.entries.numbers import entry_number
from app.entries.presenting import statements_out
from app.entries.queries import entry_of
from app.entries.statement_schemas import NewStatement, StatementList, StatementOut
from app.entries.statements import make_statement, statements_of, withdraw_statement
from app.errors import BadToken, InvalidInput, NotAmendable, NotFound, NotPermitted, SignInNeeded
from app.http.deps import ReadDb, WriteDb
from app.http.etags import PRIVATE, reply
from app.http.params import Ref
from app.http.problems import problems

router = APIRouter(prefix="/v1/entries", tags=["agreement"])


@router.get(
    "/{ref}/statements",
    response_model=StatementList,
    responses=problems(NotFound),
    summary="Reservations, statements and usage notes on an entry",
)
def list_statements(request: Request, db: ReadDb, ref: Ref) -> Response:
    """All that were ever made, on every version; those taken back say when."""
    entry = entry_of(db, ref)
    items = statements_out(db, statements_of(db, entry.id))
    return reply(request, StatementList(entry=entry_number(entry.id), items=items))


@router.post(
    "/{ref}/statements",
    status_code=201,
    response_model=StatementOut,
    responses=problems(SignInNeeded, BadToken, NotPermitted, NotFound, NotAmendable, InvalidInput),
    summary="Make a statement on the current version",
)
def make(request: Request, ref: Ref, body: NewStatement, actor: CurrentActor, db: WriteDb) -> Response:
    """As the authorised representative of a party: a reservation, an interpretative statement or a usage note."""
    made = make_statement(db, actor, entry_of(db, ref), body)
    return reply(request, statements_out(db, [made])[0], status=201, cache=PRIVATE)


@router.post(
    "/{ref}/statements/{statement}/withdraw",
    response_model=StatementOut,
    responses=problems(SignInNeeded, BadToken, NotPermitted, NotFound, InvalidInput),
    summary="Take a statement back",
)
def withdraw(
    request: Request,
    ref: Ref,
    statement: Annotated[int, Path(ge=1, le=2_000_000_000)],
    actor: CurrentActor,
    db: WriteDb,
) -> Response:
    """Only the party that made it does so. It stays readable, with the day on which it was withdrawn."""
    withdrawn = withdraw_statement(db, actor, entry_of(db, ref), statement)
    return reply(request, statements_out(db, [withdrawn])[0], cache=PRIVATE)
