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
    """`ok` once the database answers, with the schema and the look-up keys that this release needs; else 503."""
    state = request.app.state
    try:
        with state.database.read() as db:
            revision = db.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
            if revision != state.schema:
                raise NotReady(reason="schema_differs")
            if not state.keys_are_current(db):
                raise NotReady(reason="keys_outdated")
    except (SQLAlchemyError, DatabaseBusy) as error:
        raise NotReady(reason="database_unreachable") from error
    response.headers["Cache-Control"] = "no-store"
    return Health(status="ok")
