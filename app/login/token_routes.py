"""One's own tokens."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.accounts.actor import Role
from app.accounts.deps import CurrentActor, CurrentPerson
from app.accounts.operations import languages_of
from app.accounts.tables import ApiToken
from app.accounts.tokens import valid_tokens
from app.errors import (
    BadToken,
    CrossSiteRequest,
    NotFound,
    ReadOnlyToken,
    SessionNeeded,
    SignInNeeded,
    TokenExceedsAccount,
    TooManyTokens,
)
from app.http.deps import ReadDb, WriteDb
from app.http.etags import PRIVATE, reply
from app.http.problems import problems
from app.login import operations
from app.login.schemas import MadeToken, NewToken, TokenList, TokenOut

router = APIRouter(prefix="/v1/me/tokens", tags=["accounts"])

TokenId = Annotated[int, Path(ge=1, le=2**31 - 1, description="The `id` in the list.")]


@router.get(
    "",
    response_model=TokenList,
    responses=problems(SignInNeeded, BadToken, validated=False),
    summary="List your tokens",
)
def list_tokens(request: Request, actor: CurrentActor, db: ReadDb) -> Response:
    """Those that are valid, oldest first; what is secret of them is stored nowhere."""
    items = [token_out(token) for token in valid_tokens(db, actor.account_id)]
    return reply(request, TokenList(items=items), cache=PRIVATE)


@router.post(
    "",
    status_code=201,
    response_model=MadeToken,
    responses=problems(
        SignInNeeded,
        BadToken,
        SessionNeeded,
        ReadOnlyToken,
        CrossSiteRequest,
        TokenExceedsAccount,
        TooManyTokens,
    ),
    summary="Make a token for yourself",
)
def make_token(request: Request, body: NewToken, actor: CurrentPerson, db: WriteDb) -> Response:
    """For a program that acts for you. Only who has signed in makes tokens; a token makes no other."""
    token, clear = operations.make_token(db, actor, body)
    made = MadeToken(**token_out(token).model_dump(), token=clear)
    return reply(request, made, status=201, cache=PRIVATE)


@router.delete(
    "/{id}",
    status_code=204,
    responses=problems(SignInNeeded, BadToken, ReadOnlyToken, CrossSiteRequest, NotFound),
    summary="Revoke one of your tokens",
)
def revoke_token(id: TokenId, actor: CurrentActor, db: WriteDb) -> Response:
    """It is worth nothing from then on. With a token you can revoke that token only."""
    operations.end_token(db, actor, id)
    return Response(status_code=204, headers={"Cache-Control": PRIVATE})


def token_out(token: ApiToken) -> TokenOut:
    """A token, as the API says it."""
    if token.id is None:
        raise RuntimeError("the token has not been flushed")
    return TokenOut(
        id=token.id,
        label=token.label,
        roles=[Role(role) for role in token.roles],
        languages=sorted(languages_of(token.languages)),
        read_only=token.read_only,
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
    )
