"""What routes ask for: database sessions and the application's own settings.

Dependencies that block nothing are `async`, which spares each request a walk through the thread pool.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.db import Database, failures_are_named
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


async def _read(request: Request) -> AsyncIterator[Session]:
    # Begun by the first query, so in the thread of the route, which also ends it as a rule: see `end_reading`.
    session = request.app.state.database.reader()
    request.state.reader = session
    try:
        with failures_are_named():
            yield session
    finally:
        if session.in_transaction():
            # Not among the threads of requests, which may all be waiting for this very connection.
            await to_thread.run_sync(session.close, limiter=CapacityLimiter(1))


def end_reading(request: Request) -> None:
    """Give back the snapshot of a request whose answer is made; each change of thread takes longer than a query."""
    session: Session | None = getattr(request.state, "reader", None)
    if session is not None:
        session.close()


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
