"""My account: who I am here, and my tokens. The operations are those of `/v1/me`."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import ValidationError
from sqlalchemy.orm import Session

from app.accounts.tokens import valid_tokens
from app.entries.parties import party_names
from app.errors import DomainError
from app.http.deps import ReadDb
from app.login import operations
from app.login.schemas import NewToken
from app.login.token_routes import token_out
from app.pages.forms import Form
from app.pages.paths import LANGUAGE
from app.pages.reader import Reader
from app.pages.rendering import page
from app.pages.working.access import FormWriter, Insider, Writer
from app.pages.working.faulting import note_invalid, note_refused

router = APIRouter(include_in_schema=False)

FIELDS = ("label", "roles", "languages", "read_only", "days")


@router.get(LANGUAGE + "/account")
def account_page(request: Request, reader: Insider, db: ReadDb) -> Response:
    """Who the reader is here, and the tokens that are valid."""
    form = Form({"days": ["90"], "roles": sorted(reader.actor.roles), "read_only": ["1"]})
    return page(request, reader, "working/account.html", private=True, form=form, made=None, **_shown(db, reader))


@router.post(LANGUAGE + "/account/tokens")
def make_token(writer: FormWriter) -> Response:
    """A token for a program that acts for the reader. It is shown this one time."""
    if writer.is_out:
        return writer.ask_to_sign_in()
    form, language = writer.form, writer.reader.language
    try:
        asked = NewToken.model_validate(_asked(form))
        with writer.database.write() as db:
            _, clear = operations.make_token(db, writer.actor, asked)
        return _again(writer, Form({"days": ["90"]}), made=clear, status=201)
    except ValidationError as error:
        note_invalid(form, error, language, FIELDS)
    except DomainError as error:
        note_refused(form, error, language, FIELDS)
    return _again(writer, form, made=None, status=422)


@router.post(LANGUAGE + "/account/tokens/{id}/revoke")
def revoke_token(writer: FormWriter, id: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> Response:
    """End a token at once."""
    if writer.is_out:
        return writer.ask_to_sign_in()
    with writer.database.write() as db:
        operations.end_token(db, writer.actor, id)
    return writer.see("/account")


def _asked(form: Form) -> dict[str, Any]:
    return {
        "label": form.value("label"),
        "roles": form.all("roles"),
        "languages": form.all("languages"),
        "read_only": bool(form.value("read_only")),
        "days": form.value("days"),
    }


def _again(writer: Writer, form: Form, *, made: str | None, status: int) -> Response:
    with writer.database.read() as db:
        shown = _shown(db, writer.reader)
    return writer.page("working/account.html", status=status, form=form, made=made, **shown)


def _shown(db: Session, reader: Reader) -> dict[str, Any]:
    party = reader.actor.party
    return {
        "party": party_names(db).name(party, reader.language) if party is not None else None,
        "roles": sorted(reader.actor.roles),
        "commanded": sorted(reader.actor.languages),
        "tokens": [token_out(token) for token in valid_tokens(db, reader.actor.account_id)],
    }
