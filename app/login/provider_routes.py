"""Signing in by way of the provider of identities."""

import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.errors import IdentityNotLinked, LoginFailed, LoginNotOffered, ProviderUnavailable, SignInBroken
from app.http.cookies import SIGN_IN
from app.http.deps import AppSettings
from app.http.etags import PRIVATE
from app.http.problems import problems
from app.login import operations
from app.login.identities import SignIn
from app.login.routes import give_cookie, old_secret
from app.settings import Settings

if TYPE_CHECKING:
    from app.login.provider import Provider

router = APIRouter(prefix="/v1/login/oidc", tags=["accounts"])

AT_ONCE = 4
"""Sign-ins that wait for the provider at the same time, in threads of their own."""
TIME_TO_SIGN_IN = timedelta(minutes=10)

# A path of this service: "//" and "/\" would begin the address of another.
LocalPath = Annotated[
    str,
    Query(
        max_length=500,
        pattern=r"^/([!-.0-\[\]-~][!-\[\]-~]*)?$",
        description="Where to go when signed in: a path of this service.",
    ),
]
FromProvider = Annotated[str | None, Query(max_length=2000, pattern=r"^[ -~]*$")]
Result = TypeVar("Result")


@router.get(
    "",
    status_code=303,
    response_class=RedirectResponse,
    responses=problems(LoginNotOffered, ProviderUnavailable),
    summary="Sign in at the provider of identities",
)
async def begin(request: Request, settings: AppSettings, next: LocalPath = "/") -> Response:
    """Sends the browser to the provider, from where it comes back to `callback`."""
    provider = _provider(request)
    state = secrets.token_urlsafe(32)
    address = await _apart(request, lambda: provider.address_for(_sign_in(request, state)))
    until = (request.app.state.database.clock() + TIME_TO_SIGN_IN).timestamp()
    kept = await _apart(request, lambda: request.app.state.signing.signed(SIGN_IN.name, [state, next, until]))
    answer = RedirectResponse(address, status_code=303, headers={"Cache-Control": PRIVATE})
    SIGN_IN.give(answer, settings, kept, int(TIME_TO_SIGN_IN.total_seconds()))
    return answer


@router.get(
    "/callback",
    status_code=303,
    response_class=RedirectResponse,
    responses=problems(LoginNotOffered, ProviderUnavailable, SignInBroken, IdentityNotLinked, LoginFailed),
    summary="Come back from the provider",
)
async def come_back(
    request: Request,
    settings: AppSettings,
    state: FromProvider = None,
    code: FromProvider = None,
    error: FromProvider = None,
    iss: FromProvider = None,
) -> Response:
    """Begins a session if the provider vouches for an identity that is linked to an account."""
    provider = _provider(request)
    come = partial(_come_back, request, settings, provider, state or "", code, error, iss)
    return await _apart(request, come)


def _come_back(
    request: Request,
    settings: Settings,
    provider: "Provider",
    state: str,
    code: str | None,
    error: str | None,
    iss: str | None,
) -> Response:
    onward = _kept_path(request, settings, state)
    # RFC 9207: an answer of another provider may not pass for one of ours.
    if onward is None or code is None or error is not None or iss not in (None, provider.client.issuer):
        raise SignInBroken
    identity = provider.identity(code, _sign_in(request, state))
    begun = operations.sign_in_as(
        request.app.state.database,
        provider.client.issuer,
        identity.subject,
        identity.verified_email,
        old_secret(request, settings),
    )
    answer = RedirectResponse(onward, status_code=303, headers={"Cache-Control": PRIVATE})
    SIGN_IN.take_back(answer, settings)
    give_cookie(request, answer, settings, begun)
    return answer


def _kept_path(request: Request, settings: Settings, state: str) -> str | None:
    """Where to go on to, if this browser began the sign-in, and not too long ago."""
    opened = request.app.state.signing.opened(SIGN_IN.name, SIGN_IN.sent(request, settings) or "")
    if not isinstance(opened, list):
        return None
    begun, onward, until = opened
    now = request.app.state.database.clock().timestamp()
    is_same = hmac.compare_digest(str(begun).encode(), state.encode("utf-8", "surrogatepass"))
    return str(onward) if is_same and now < until else None


def _sign_in(request: Request, state: str) -> SignIn:
    """Nonce and verifier follow from the state, for us alone, so that they are kept nowhere."""
    signing = request.app.state.signing
    return SignIn(state, signing.derived("oidc-nonce", state), signing.derived("oidc-verifier", state))


def _provider(request: Request) -> "Provider":
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise LoginNotOffered
    return provider


async def _apart(request: Request, work: Callable[[], Result]) -> Result:
    """In threads of its own: a provider that is slow keeps nobody else waiting."""
    return await to_thread.run_sync(work, limiter=request.app.state.provider_turns)
