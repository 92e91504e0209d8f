"""Silence procedures: what is under silence until when, more time, and the end of urgency."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import ValidationError
from sqlalchemy.orm import Session

from app import policy
from app.entries.neighbours import called
from app.entries.numbers import entry_id
from app.entries.parties import party_names
from app.errors import DomainError
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppProfile, ReadDb
from app.http.params import Cursor
from app.pages.forms import Form
from app.pages.paths import LANGUAGE
from app.pages.reader import Reader
from app.pages.rendering import page
from app.pages.working.access import FormWriter, Insider, Writer
from app.pages.working.faulting import note_invalid, note_refused
from app.policy import Work
from app.profile import Profile
from app.proposals.silence import extending
from app.proposals.silence.presenting import silence_out
from app.proposals.silence.queries import silence_numbered, silences_after
from app.proposals.silence.routes import SilenceNumber
from app.proposals.silence.schemas import NewExtension
from app.proposals.silence.tables import Period, Silence

router = APIRouter(include_in_schema=False)

ROWS = 20
FIELDS = ("working_days", "reason")


@router.get(LANGUAGE + "/silences")
def silences_page(request: Request, reader: Insider, db: ReadDb, cursor: Cursor = None) -> Response:
    """The procedures that run, the one opened first at the top."""
    question = ("silences of pages", reader.actor.account_id)
    after = int(decode_cursor(cursor, (int,), *question)[0]) if cursor else 0
    found = silences_after(db, after, ROWS + 1, running=True)
    following = encode_cursor([found[ROWS - 1].id or 0], *question) if len(found) > ROWS else None
    return page(request, reader, "working/silences.html", private=True, silences=list(found[:ROWS]), next=following)


@router.get(LANGUAGE + "/silences/{number}")
def silence_page(
    request: Request, reader: Insider, db: ReadDb, profile: AppProfile, number: SilenceNumber
) -> Response:
    """One procedure, with what is left of the time."""
    shown = _shown(db, silence_numbered(db, number), profile, reader)
    return page(request, reader, "working/silence.html", private=True, form=Form(), **shown)


@router.post(LANGUAGE + "/silences/{number}/extensions")
def ask_for_time(writer: FormWriter, profile: AppProfile, number: SilenceNumber) -> Response:
    """Ask for more time; it holds for everybody."""

    def apply(db: Session, silence: Silence) -> None:
        given = {name: writer.form.value(name) for name in FIELDS if writer.form.value(name)}
        asked = NewExtension.model_validate(given)
        extending.ask_for_time(
            db, writer.actor, profile, silence, working_days=asked.working_days, reason=asked.reason
        )

    return _change(writer, profile, number, apply)


@router.post(LANGUAGE + "/silences/{number}/extensions/{extension}/grant")
def grant_time(
    writer: FormWriter,
    profile: AppProfile,
    number: SilenceNumber,
    extension: Annotated[int, Path(ge=1, le=20)],
) -> Response:
    """Grant more time as the co-chair of a side."""
    return _change(
        writer,
        profile,
        number,
        lambda db, silence: extending.grant_time(db, writer.actor, profile, silence, extension),
    )


@router.post(LANGUAGE + "/silences/{number}/urgency-refusal")
def refuse_urgency(writer: FormWriter, profile: AppProfile, number: SilenceNumber) -> Response:
    """Demand the normal period for an urgent procedure."""
    return _change(
        writer,
        profile,
        number,
        lambda db, silence: extending.refuse_urgency(db, writer.actor, profile, silence),
    )


def _change(writer: Writer, profile: Profile, number: str, apply: Callable[[Session, Silence], Any]) -> Response:
    if writer.is_out:
        return writer.ask_to_sign_in()
    form, language = writer.form, writer.reader.language
    try:
        with writer.database.write() as db:
            silence = silence_numbered(db, number)
            apply(db, silence)
        return writer.see(f"/silences/{silence.number}")
    except ValidationError as error:
        note_invalid(form, error, language, FIELDS)
        status = 422
    except DomainError as error:
        note_refused(form, error, language, FIELDS)
        status = error.status
    with writer.database.read() as db:
        shown = _shown(db, silence_numbered(db, number), profile, writer.reader)
        return writer.page("working/silence.html", status=status, form=form, **shown)


def _shown(db: Session, silence: Silence, profile: Profile, reader: Reader) -> dict[str, Any]:
    names = party_names(db)
    work = Work(None, True, True, frozenset(silence.consensus_set.split()), profile.side_of)
    shown = silence_out(db, silence, profile)
    entries = {item.entry: entry_id(item.entry) for item in shown.items if item.entry is not None}
    known = called(db, {*entries.values()})
    return {
        "silence": shown,
        "heads": {number: known[found].in_(*reader.columns) for number, found in entries.items() if found in known},
        "runs": silence.ended_at is None,
        "may_ask": policy.representative(reader.actor, work),
        "may_grant": policy.each_co_chair(reader.actor, work),
        "is_urgent": silence.period is Period.URGENT,
        "party": lambda code: names.name(code, reader.language),
    }
