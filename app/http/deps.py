"""What routes ask for: database sessions and the application's own settings.

Dependencies that block nothing are `async`, which spares each request a walk through the thread pool.
"""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.db import Database
from app.profile import Profile
from app.settings import Settings


async def database(request: Request) -> Database:
    """The database of the application."""
    found: Database = request.app.state.database
    return found


async def settings(request: Request) -> Settings:
    """The settings of the application."""
    found: Settings = request.app.state.settings
    return found


async def profile(request: Request) -> Profile:
    """The profile of the working group."""
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
