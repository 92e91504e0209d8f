"""Who is calling, from the Authorization header or the cookie of a session."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from app.accounts.actor import ANONYMOUS, Actor
from app.accounts.operations import actor_of_token
from app.accounts.sessions import actor_of_session
from app.accounts.signing import Signing
from app.db import Database
from app.errors import BadToken, ReadOnlyToken, SessionNeeded, SignInNeeded
from app.http.cookies import SESSION
from app.http.deps import AppSettings, database
from app.http.same_site import SAFE, refuse_other_sites

_bearer = HTTPBearer(
    auto_error=False, description="A token made with `compendium token create` or at `/v1/me/tokens`."
)
_cookie = APIKeyCookie(
    name=f"__Host-{SESSION.name}",
    auto_error=False,
    description="What signing in sets; over plain HTTP its name is `session`. Calls that change something are"
    " only taken from pages of the service itself.",
)


def _actor(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    _documented: Annotated[str | None, Depends(_cookie)],
    db: Annotated[Database, Depends(database)],
    settings: AppSettings,
) -> Actor:
    if credentials is not None:
        with db.read() as session:
            actor = actor_of_token(session, credentials.credentials)
        if actor.token_id is not None:
            request.app.state.token_uses.note(actor.token_id)
        return actor
    cookie = SESSION.sent(request, settings)
    # Whoever sends an Authorization header means it: no cookie stands in for one that is no good.
    if cookie is None or "authorization" in request.headers:
        return ANONYMOUS
    if request.method not in SAFE:
        refuse_other_sites(request, settings.public_url, browser=True)
    secret = session_secret(request.app.state.signing, cookie)
    if secret is None:
        raise BadToken
    with db.read() as session:
        return actor_of_session(session, secret)


def session_secret(signing: Signing, cookie: str) -> str | None:
    """The secret in a cookie that we have signed."""
    secret = signing.opened(SESSION.name, cookie)
    return secret if isinstance(secret, str) else None


async def _signed_in(request: Request, actor: Annotated[Actor, Depends(_actor)]) -> Actor:
    if actor.is_anonymous:
        raise SignInNeeded
    if actor.read_only and request.method not in SAFE:
        raise ReadOnlyToken
    return actor


CurrentActor = Annotated[Actor, Depends(_signed_in)]
"""The caller, who has a token or has signed in."""


async def _in_person(actor: CurrentActor) -> Actor:
    if actor.session_id is None:
        raise SessionNeeded
    return actor


CurrentPerson = Annotated[Actor, Depends(_in_person)]
"""The caller, who has signed in. A token will not do: whoever has found one could make itself more."""
