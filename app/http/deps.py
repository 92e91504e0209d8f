"""What routes ask for: database sessions and the application's own settings."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.db import Database
from app.profile import Profile
from app.settings import Settings


def database(request: Request) -> Database:
    """The database of the application."""
    found: Database = request.app.state.database
    return found


def settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


def profile(request: Request) -> Profile:
    found: Profile = request.app.state.profile
    return found


def _read(db: Annotated[Database, Depends(database)]) -> Iterator[Session]:
    with db.read() as session:
        yield session


def _write(db: Annotated[Database, Depends(database)]) -> Iterator[Session]:
    with db.write() as session:
        yield session


# Request scope: a streamed export reads until its last row.
ReadDb = Annotated[Session, Depends(_read)]

# Function scope: the commit comes before the response leaves, so a client is never told of a change
# that then fails to be stored.
WriteDb = Annotated[Session, Depends(_write, scope="function")]

AppSettings = Annotated[Settings, Depends(settings)]
AppProfile = Annotated[Profile, Depends(profile)]
