"""Signing in with a password, signing out, and who one is."""

from datetime import datetime
from functools import partial

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.accounts.actor import Actor
from app.accounts.deps import CurrentActor, CurrentPerson, session_secret
from app.accounts.sessions import LIFE
from app.accounts.tables import Account, ApiToken, LoginSession
from app.errors import (
    BadToken,
    CrossSiteRequest,
    LoginFailed,
    ReadOnlyToken,
    SessionNeeded,
    SignInNeeded,
    TooManyAttempts,
)
from app.http.cookies import SESSION
from app.http.deps import AppSettings, ReadDb, WriteDb
from app.http.etags import PRIVATE, reply
from app.http.problems import problems
from app.http.same_site import refuse_other_sites
from app.login import operations
from app.login.operations import SignedIn
from app.login.schemas import Credentials, Me
from app.settings import Settings

router = APIRouter(prefix="/v1", tags=["accounts"])

AT_ONCE = 2
"""Passwords looked at at the same time: each takes 64 MiB, and none takes a thread from the other requests."""
WAITING = 20
"""Sign-ins that may wait for their turn; the next is sent away."""


@router.post(
    "/login",
    response_model=Me,
    responses=problems(LoginFailed, CrossSiteRequest, TooManyAttempts),
    summary="Sign in with a password",
)
async def log_in(request: Request, body: Credentials, settings: AppSettings) -> Response:
    """Begins a session of twelve hours, kept in a cookie. After some failures one has to wait: see Retry-After."""
    refuse_other_sites(request, settings.public_url, browser=False)
    turns: CapacityLimiter = request.app.state.login_turns
    if turns.statistics().tasks_waiting >= WAITING:
        raise TooManyAttempts(retry_after=1)
    return await to_thread.run_sync(partial(_signed_in, request, body, settings), limiter=turns)


def _signed_in(request: Request, body: Credentials, settings: Settings) -> Response:
    state = request.app.state
    attempt = operations.attempt_at(
        state.signing, body.name, request.client.host if request.client is not None else None
    )
    begun = operations.sign_in(state.database, state.passwords, attempt, body, old_secret(request, settings))
    answer = reply(request, me_out(begun.account, begun.actor, begun.session), cache=PRIVATE)
    give_cookie(request, answer, settings, begun)
    return answer


@router.post(
    "/logout",
    status_code=204,
    responses=problems(SignInNeeded, BadToken, SessionNeeded, ReadOnlyToken, CrossSiteRequest, validated=False),
    summary="Sign out",
)
def log_out(request: Request, actor: CurrentPerson, db: WriteDb, settings: AppSettings) -> Response:
    """Ends the session at once: no copy of its cookie is good any more."""
    operations.sign_out(db, actor, old_secret(request, settings) or "")
    answer = Response(status_code=204, headers={"Cache-Control": PRIVATE})
    SESSION.take_back(answer, settings)
    return answer


@router.get(
    "/me",
    response_model=Me,
    responses=problems(SignInNeeded, BadToken, validated=False),
    summary="Who you are here",
)
def me(request: Request, actor: CurrentActor, db: ReadDb) -> Response:
    """Your account, its party, and the roles and languages that your token or session gives you."""
    return reply(request, me_out(operations.account_of(db, actor), actor, _shown(db, actor)), cache=PRIVATE)


def me_out(account: Account, actor: Actor, shown: ApiToken | LoginSession) -> Me:
    """The caller, as the API says it."""
    expires_at: datetime | None = shown.expires_at
    return Me(
        account=account.name,
        party=actor.party,
        roles=sorted(actor.roles),
        languages=sorted(actor.languages),
        read_only=actor.read_only,
        shown="token" if isinstance(shown, ApiToken) else "session",
        expires_at=expires_at,
    )


def old_secret(request: Request, settings: Settings) -> str | None:
    """The secret of the session that the browser has, if we have signed its cookie."""
    cookie = SESSION.sent(request, settings)
    return session_secret(request.app.state.signing, cookie) if cookie is not None else None


def give_cookie(request: Request, answer: Response, settings: Settings, begun: SignedIn) -> None:
    """Let the browser keep the session."""
    signed = request.app.state.signing.signed(SESSION.name, begun.secret)
    SESSION.give(answer, settings, signed, int(LIFE.total_seconds()))


def _shown(db: Session, actor: Actor) -> ApiToken | LoginSession:
    if actor.token_id is not None:
        return db.get_one(ApiToken, actor.token_id)
    return db.get_one(LoginSession, actor.session_id)
