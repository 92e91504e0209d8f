"""Pages for those who have signed in, and forms that outlive the session in which they were begun."""

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from app.accounts.actor import Actor
from app.db import Database
from app.errors import DomainError, LoginFailed, TooManyAttempts
from app.http.etags import PRIVATE
from app.http.page_addresses import page_address
from app.login import operations
from app.login.operations import SignedIn
from app.login.routes import WAITING, give_cookie, old_secret
from app.login.schemas import Credentials
from app.pages.forms import Form, OwnForm
from app.pages.reader import PageReader, Reader
from app.pages.rendering import page
from app.texts.problems import problem_text

NAME, PASSWORD = "sign-in-name", "sign-in-password"
"""Fields of the sign-in, which stands beside those of any form whose session has ended."""

# A page of this service: "//" and "/\" would begin the address of another.
_OWN_PATH = re.compile(r"/(en|fr|ru)/[!-.0-\[\]-~][!-\[\]-~]{0,480}|/(en|fr|ru)/")


class SignInFirst(Exception):
    """Whoever asked for the page has to sign in before it is shown."""


def own_path(path: str, otherwise: str) -> str:
    """A path of our own pages, or another if it is none."""
    return path if _OWN_PATH.fullmatch(path) else otherwise


async def to_sign_in(request: Request, _error: Exception) -> Response:
    """To the sign-in, and from there back to the page."""
    path = quote(request.scope["path"], safe="/()")
    query = request.scope["query_string"].decode("ascii", "replace")
    language = request.path_params["language"]
    asked = urlencode({"next": f"{path}?{query}" if query else path})
    return see(page_address(language, f"/sign-in?{asked}"))


def see(address: str) -> RedirectResponse:
    """The answer after a form: look there."""
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": PRIVATE})


async def _insider(reader: PageReader) -> Reader:
    if reader.actor.is_anonymous:
        raise SignInFirst
    return reader


Insider = Annotated[Reader, Depends(_insider)]
"""The reader of a page that is for those alone who have signed in."""


@dataclass
class Writer:
    """Who sent a form, with what was typed; perhaps somebody who has signed in with this very form."""

    request: Request
    reader: Reader
    form: Form
    begun: SignedIn | None = None
    """The session that began with the form."""
    fault: str = ""
    """Why the sign-in beside it failed, in the reader's language."""

    @property
    def actor(self) -> Actor:
        return self.reader.actor

    @property
    def is_out(self) -> bool:
        """Whether somebody has to sign in before the form is taken."""
        return self.reader.actor.is_anonymous

    @property
    def database(self) -> Database:
        found: Database = self.request.app.state.database
        return found

    def page(self, template: str, **context: Any) -> Response:
        """A page about what was sent."""
        return self.kept(page(self.request, self.reader, template, private=True, **context))

    def see(self, path: str) -> Response:
        """On to a page in the reader's language."""
        return self.kept(see(page_address(self.reader.language, path)))

    def kept(self, answer: Response) -> Response:
        """The answer, with the session that has begun."""
        if self.begun is not None:
            give_cookie(self.request, answer, self.request.app.state.settings, self.begun)
        return answer

    def ask_to_sign_in(self) -> Response:
        """The sign-in in place of an answer; all that was typed goes along with it."""
        carried = [
            (name, value)
            for name, values in self.form.values.items()
            if name not in (NAME, PASSWORD)
            for value in values
        ]
        return self.page(
            "working/resume.html",
            carried=carried,
            fault=self.fault,
            typed=self.form.value(NAME),
            action=self.request.scope["path"],
            offers_provider=self.request.app.state.provider is not None,
        )

    def say(self, error: DomainError) -> str:
        """What went wrong, in the reader's language."""
        return said(error, self.reader)


def said(error: DomainError, reader: Reader) -> str:
    """The sentence of an expected failure."""
    return problem_text(error.code, reader.language, error.params).detail


async def _writer(request: Request, reader: PageReader, form: OwnForm) -> Writer:
    writer = Writer(request, reader, form)
    if not writer.is_out or not form.value(PASSWORD):
        return writer
    turns: CapacityLimiter = request.app.state.login_turns
    try:
        if turns.statistics().tasks_waiting >= WAITING:
            raise TooManyAttempts(retry_after=1)
        return await to_thread.run_sync(partial(_signed_in, writer), limiter=turns)
    except DomainError as error:
        writer.fault = said(error, reader)
        return writer


def _signed_in(writer: Writer) -> Writer:
    request, form = writer.request, writer.form
    state = request.app.state
    try:
        given = Credentials(name=form.value(NAME), password=form.value(PASSWORD))
    except ValidationError as error:
        # No account has such a name, which is not for us to say.
        raise LoginFailed from error
    address = request.client.host if request.client is not None else None
    attempt = operations.attempt_at(state.signing, given.name, address)
    begun = operations.sign_in(state.database, state.passwords, attempt, given, old_secret(request, state.settings))
    reader = replace(writer.reader, actor=begun.actor, account=begun.account.name, is_private=True)
    return replace(writer, reader=reader, begun=begun)


FormWriter = Annotated[Writer, Depends(_writer)]
"""Who sent the form of a request."""
