"""Signing in and out on pages: the operations of `/v1/login` and `/v1/logout`."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.http.cookies import SESSION
from app.http.deps import AppSettings
from app.http.page_addresses import page_address
from app.login import operations
from app.login.routes import old_secret
from app.pages.paths import LANGUAGE
from app.pages.reader import PageReader
from app.pages.rendering import page
from app.pages.working.access import NAME, FormWriter, Writer, own_path, see

router = APIRouter(include_in_schema=False)


@router.get(LANGUAGE + "/sign-in")
def sign_in_page(
    request: Request, reader: PageReader, next: Annotated[str, Query(max_length=500)] = ""
) -> Response:
    """The ways to sign in."""
    onward = own_path(next, page_address(reader.language, "/proposals"))
    if not reader.actor.is_anonymous:
        return see(onward)
    offered = request.app.state.provider is not None
    return page(
        request,
        reader,
        "working/sign_in.html",
        private=True,
        onward=onward,
        fault="",
        typed="",
        offers_provider=offered,
    )


@router.post(LANGUAGE + "/sign-in")
def sign_in(writer: FormWriter) -> Response:
    """Begin a session, and go on to where somebody wanted to go."""
    onward = own_path(writer.form.value("next"), page_address(writer.reader.language, "/proposals"))
    if not writer.is_out:
        return writer.kept(see(onward))
    return _again(writer, onward)


def _again(writer: Writer, onward: str) -> Response:
    return writer.page(
        "working/sign_in.html",
        status=403 if writer.fault else 422,
        onward=onward,
        fault=writer.fault,
        typed=writer.form.value(NAME),
        offers_provider=writer.request.app.state.provider is not None,
    )


@router.post(LANGUAGE + "/sign-out")
def sign_out(writer: FormWriter, settings: AppSettings) -> Response:
    """End the session at once: no copy of its cookie is good any more."""
    if not writer.is_out:
        with writer.database.write() as db:
            operations.sign_out(db, writer.actor, old_secret(writer.request, settings) or "")
    answer = see(page_address(writer.reader.language, "/"))
    SESSION.take_back(answer, settings)
    return answer
