"""Whether the service lives, and whether it can work."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.errors import DatabaseBusy, NotReady
from app.http.problems import problems

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    status: str


@router.get("/healthz", responses=problems(validated=False), summary="The process lives")
def healthz(response: Response) -> Health:
    """Always `ok` while the process answers."""
    response.headers["Cache-Control"] = "no-store"
    return Health(status="ok")


@router.get("/readyz", responses=problems(NotReady, validated=False), summary="The service can work")
def readyz(request: Request, response: Response) -> Health:
    """`ok` once the database answers and has the schema that this release needs; else 503."""
    try:
        with request.app.state.database.read() as db:
            revision = db.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    except (SQLAlchemyError, DatabaseBusy) as error:
        raise NotReady(reason="database_unreachable") from error
    if revision != request.app.state.schema:
        raise NotReady(reason="schema_differs")
    response.headers["Cache-Control"] = "no-store"
    return Health(status="ok")
