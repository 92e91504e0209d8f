"""Who is calling, from the Authorization header."""

from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.accounts.actor import ANONYMOUS, Actor
from app.accounts.operations import actor_of_token
from app.db import Database
from app.errors import SignInNeeded
from app.http.deps import database

_bearer = HTTPBearer(auto_error=False, description="A token made with `compendium token create`.")


def _actor(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    db: Annotated[Database, Depends(database)],
) -> Actor:
    if credentials is None:
        return ANONYMOUS
    with db.read() as session:
        return actor_of_token(session, credentials.credentials)


async def _signed_in(actor: Annotated[Actor, Depends(_actor)]) -> Actor:
    if actor.is_anonymous:
        raise SignInNeeded
    return actor


CurrentActor = Annotated[Actor, Depends(_signed_in)]
"""The caller, who has a token."""
