"""The meetings, and calling one, as the secretariat."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError
from sqlalchemy.orm import Session

from app import policy
from app.errors import DomainError
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import ReadDb
from app.http.params import Cursor
from app.pages.forms import Form
from app.pages.paths import LANGUAGE
from app.pages.reader import Reader
from app.pages.rendering import page
from app.pages.working.access import FormWriter, Insider
from app.pages.working.faulting import note_invalid, note_refused
from app.proposals.meetings.operations import call_meeting, meetings_after
from app.proposals.meetings.schemas import NewMeeting

router = APIRouter(include_in_schema=False)

ROWS = 50
FIELDS = ("held_on", "place")


@router.get(LANGUAGE + "/meetings")
def meetings_page(request: Request, reader: Insider, db: ReadDb, cursor: Cursor = None) -> Response:
    """The meetings in the order in which they were called."""
    return page(request, reader, "working/meetings.html", private=True, form=Form(), **_shown(db, reader, cursor))


@router.post(LANGUAGE + "/meetings")
def call(writer: FormWriter) -> Response:
    """Give a meeting its number."""
    if writer.is_out:
        return writer.ask_to_sign_in()
    form, language = writer.form, writer.reader.language
    try:
        given = {name: form.value(name).strip() for name in FIELDS if form.value(name)}
        asked = NewMeeting.model_validate(given)
        with writer.database.write() as db:
            call_meeting(db, writer.actor, held_on=asked.held_on, place=asked.place)
        return writer.see("/meetings")
    except ValidationError as error:
        note_invalid(form, error, language, FIELDS)
        status = 422
    except DomainError as error:
        note_refused(form, error, language, FIELDS)
        status = error.status
    with writer.database.read() as db:
        shown = _shown(db, writer.reader, None)
    return writer.page("working/meetings.html", status=status, form=form, **shown)


def _shown(db: Session, reader: Reader, cursor: str | None) -> dict[str, Any]:
    question = ("meetings of pages", reader.actor.account_id)
    after = int(decode_cursor(cursor, (int,), *question)[0]) if cursor else 0
    found = meetings_after(db, after, ROWS + 1)
    following = encode_cursor([found[ROWS - 1].id or 0], *question) if len(found) > ROWS else None
    return {
        "meetings": list(found[:ROWS]),
        "next": following,
        "may_call": policy.may_call_meetings(reader.actor),
    }
