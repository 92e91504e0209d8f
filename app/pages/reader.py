"""Who reads a page: in which language, with the columns in which order, and signed in or not."""

from dataclasses import dataclass
from itertools import permutations
from typing import Annotated

from fastapi import Depends, Request

from app import policy
from app.accounts.actor import ANONYMOUS, Actor
from app.accounts.deps import session_secret
from app.accounts.sessions import session_holder
from app.errors import BadToken
from app.http.cookies import READING, SESSION
from app.http.page_addresses import page_language
from app.languages.codes import LANGUAGES, LanguageCode
from app.settings import Settings

Columns = tuple[LanguageCode, ...]

ORDERS: dict[str, Columns] = {"-".join(order): order for order in permutations(LANGUAGES)}
"""The orders of the columns, by how addresses name them: `ru-en-fr`."""


@dataclass(frozen=True)
class Reader:
    """What pages know of their reader."""

    language: LanguageCode
    columns: Columns
    actor: Actor = ANONYMOUS
    account: str | None = None
    """The name of the account of somebody who has signed in."""
    is_private: bool = False
    """Whether the page may depend on a cookie, so that it is for this reader alone."""

    @property
    def may_propose(self) -> bool:
        """Whether the reader is offered to propose something."""
        return policy.may_draft(self.actor)

    @property
    def order(self) -> str:
        """The order of the columns, as addresses name it."""
        return "-".join(self.columns)


def reader_of(request: Request) -> Reader:
    """The reader of a page. A session that has ended makes an anonymous reader, not an error."""
    settings: Settings = request.app.state.settings
    language = page_language(request, settings)
    chosen = READING.sent(request, settings)
    cookie = SESSION.sent(request, settings)
    actor, account = _signed_in(request, cookie) if cookie is not None else (ANONYMOUS, None)
    columns = _columns(request.query_params.get("columns"), chosen, language)
    return Reader(language, columns, actor, account, is_private=chosen is not None or cookie is not None)


def _signed_in(request: Request, cookie: str) -> tuple[Actor, str | None]:
    secret = session_secret(request.app.state.signing, cookie)
    if secret is None:
        return ANONYMOUS, None
    with request.app.state.database.read() as db:
        try:
            actor, account = session_holder(db, secret)
        except BadToken:
            return ANONYMOUS, None
        return actor, account.name


def _columns(asked: str | None, remembered: str | None, language: LanguageCode) -> Columns:
    """The order asked for, the one remembered, or else the reader's language before the others."""
    for name in (asked, (remembered or "").partition(".")[2]):
        if name in ORDERS:
            return ORDERS[name]
    return (language, *(code for code in LANGUAGES if code != language))


# Not `async`: whoever sends a cookie makes it ask the database.
PageReader = Annotated[Reader, Depends(reader_of)]
