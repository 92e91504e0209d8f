"""What a reader does with a proposal: events, remarks, answers, differences. The operations are those of the API.

A form carries the ETag of the proposal as it was read; a stale one is refused and comes back as it was typed.
"""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor
from app.entries.parties import party_names
from app.entries.statement_tables import StatementKind
from app.entries.tables import Scope
from app.errors import DomainError, StaleVersion, TransitionNotAllowed
from app.findings.schemas import NewWaiver
from app.http.deps import AppProfile, ReadDb
from app.http.etags import require_match
from app.pages.forms import Form
from app.pages.paths import LANGUAGE
from app.pages.reader import Reader
from app.pages.rendering import page
from app.pages.working.access import FormWriter, Insider, Writer
from app.pages.working.content_form import form_of
from app.pages.working.editing import editor_of
from app.pages.working.events import FIELDS, typed_event
from app.pages.working.faulting import WHOLE, note_invalid, note_refused
from app.pages.working.proposal import elements_of, naming, offer, shown_proposal, texts_of
from app.profile import Profile
from app.proposals import operations
from app.proposals.assurance.discrepancies import log_discrepancy, settle_discrepancy
from app.proposals.assurance.schemas import NewDiscrepancy, Settlement
from app.proposals.causing import cause
from app.proposals.discussion.operations import remark
from app.proposals.discussion.schemas import NewComment
from app.proposals.dossier import Dossier, dossier_of
from app.proposals.meetings.tables import Meeting
from app.proposals.positions.tables import ObjectionType
from app.proposals.positions.withdrawing import withdraw_reservation
from app.proposals.routes import ProposalRef
from app.proposals.silence.tables import Period
from app.proposals.workflow import EVERYTHING, Event, Verdict, judge

router = APIRouter(include_in_schema=False)

AT = LANGUAGE + "/proposals/{ref}"
MEETINGS = 50
"""Of the meetings, so many of the last ones can be chosen."""

Number = Annotated[int, Path(ge=1, le=2_000_000_000)]


@router.get(AT + "/events/{event}")
def event_page(
    request: Request, reader: Insider, db: ReadDb, profile: AppProfile, ref: ProposalRef, event: Event
) -> Response:
    """The form of an event, and what stands in its way."""
    dossier = dossier_of(db, reader.actor, ref, profile)
    form = Form({"objection.language": [reader.language], "statement.language": [reader.language]})
    verdict = _verdict(dossier, event, reader.actor)
    if event is Event.DIVERGE:
        form.values.update(form_of(dossier.content))
    return page(
        request, reader, "working/event.html", private=True, **_asked(db, dossier, verdict, reader, form, False)
    )


@router.post(AT + "/events/{event}")
def cause_event(writer: FormWriter, profile: AppProfile, ref: ProposalRef, event: Event) -> Response:
    """Let an event happen; if it cannot, the form comes back as it was typed."""
    if writer.is_out:
        return writer.ask_to_sign_in()
    form, reader = writer.form, writer.reader
    is_stale = False
    try:
        with writer.database.write() as db:
            dossier = dossier_of(db, writer.actor, ref, profile)
            require_match(form.value("etag") or None, dossier.etag)
            parts = offer(dossier, _verdict(dossier, event, writer.actor), reader.language)["parts"]
            _, decision = cause(db, writer.actor, dossier, event, typed_event(form, parts))
        more = f"&decision={decision}" if decision is not None else ""
        return writer.see(f"/proposals/{dossier.proposal.number}?done={event.value}{more}")
    except ValidationError as error:
        note_invalid(form, error, reader.language, {*FIELDS, *form.values, "objection", "statement"})
        status = 422
    except DomainError as error:
        is_stale, status = isinstance(error, StaleVersion), error.status
        note_refused(form, error, reader.language, {*FIELDS, *form.values, "objection", "statement"})
    with writer.database.read() as db:
        dossier = dossier_of(db, writer.actor, ref, profile)
        facts = dossier.facts(EVERYTHING)
        verdict = judge(facts, event, writer.actor)
        if verdict.transition is None:
            # It has moved on, so there is no such form any more; what was typed is shown with what became of it.
            return _overtaken(writer, db, dossier, 409)
        return writer.page(
            "working/event.html", status=status, **_asked(db, dossier, verdict, reader, form, is_stale)
        )


def _verdict(dossier: Dossier, event: Event, actor: Actor) -> Verdict:
    """What would come of an event, were all given that goes with it. Raises TransitionNotAllowed."""
    verdict = judge(dossier.facts(EVERYTHING), event, actor)
    if verdict.transition is None:
        raise TransitionNotAllowed(event=event.value, state=dossier.proposal.state.value, allowed=[])
    return verdict


def _asked(
    db: Session, dossier: Dossier, verdict: Verdict, reader: Reader, form: Form, is_stale: bool
) -> dict[str, Any]:
    """What the form of an event is made of."""
    asked = offer(dossier, verdict, reader.language)
    names = party_names(db)
    about_text = {"objection", "statement"} & {*asked["parts"]}
    meetings = select(Meeting).order_by(col(Meeting.id).desc()).limit(MEETINGS)
    return {
        "form": form,
        "proposal": dossier.proposal.number,
        "etag": dossier.etag,
        "asked": asked,
        "is_permitted": verdict.permitted,
        "is_stale": is_stale,
        "elements": elements_of(dossier.content, reader.language),
        "meetings": db.scalars(meetings).all() if "meeting" in asked["parts"] else [],
        "consenting": sorted(dossier.consensus_set - {reader.actor.party}),
        "objection_types": [one.value for one in ObjectionType],
        "statement_kinds": [one.value for one in StatementKind],
        "periods": [one.value for one in Period],
        "scopes": [one.value for one in Scope],
        **(editor_of(db, form) if "content" in asked["parts"] else {}),
        # Who objects to a text, or states something of it, has it before them.
        "table": texts_of(dossier, reader, names) if about_text else None,
        **naming(names, reader.language),
    }


def _overtaken(writer: Writer, db: Session, dossier: Dossier, status: int) -> Response:
    """The proposal as it now stands, with what was typed for it before it changed."""
    settings = writer.request.app.state.settings
    shown = shown_proposal(db, dossier, writer.reader, settings.public_url)
    return writer.page("working/proposal.html", status=status, form=writer.form, done=None, decision="", **shown)


# ---- beside the events


def _change(
    writer: Writer, profile: Profile, ref: str, apply: Callable[[Session, Dossier], Any], at: str, *, match: bool
) -> Response:
    """Change something of a proposal and show it again at this place; or show what was wrong with the form."""
    if writer.is_out:
        return writer.ask_to_sign_in()
    form, language = writer.form, writer.reader.language
    try:
        with writer.database.write() as db:
            dossier = dossier_of(db, writer.actor, ref, profile)
            if match:
                require_match(form.value("etag") or None, dossier.etag)
            apply(db, dossier)
        return writer.see(f"/proposals/{dossier.proposal.number}#{at}")
    except ValidationError as error:
        note_invalid(form, error, language, form.values)
        status = 422
    except DomainError as error:
        note_refused(form, error, language, form.values)
        form.faults.setdefault(WHOLE, form.faults.pop("ref", writer.say(error)))
        status = error.status
    with writer.database.read() as db:
        return _overtaken(writer, db, dossier_of(db, writer.actor, ref, profile), status)


def _given(form: Form, *names: str) -> dict[str, Any]:
    """The fields into which something was typed."""
    return {name: form.value(name) for name in names if form.value(name)}


@router.post(AT + "/comments")
def comment(writer: FormWriter, profile: AppProfile, ref: ProposalRef) -> Response:
    """A remark, or an answer to one."""
    form = writer.form

    def apply(db: Session, dossier: Dossier) -> None:
        given = _given(form, "text", "language", "parent", "element")
        body = NewComment.model_validate(given | {"settles": bool(form.value("settles"))})
        remark(db, writer.actor, dossier, body)

    return _change(writer, profile, ref, apply, "discussion", match=False)


@router.post(AT + "/waivers")
def waive(writer: FormWriter, profile: AppProfile, ref: ProposalRef) -> Response:
    """The reason why a warning does not hold for this text."""
    form = writer.form

    def apply(db: Session, dossier: Dossier) -> None:
        body = NewWaiver.model_validate(_given(form, "check", "element", "reason"))
        operations.waive(db, writer.actor, dossier, body.check, body.element, body.reason)

    return _change(writer, profile, ref, apply, "findings", match=True)


@router.post(AT + "/discrepancies")
def log(writer: FormWriter, profile: AppProfile, ref: ProposalRef) -> Response:
    """A difference between two of the texts."""
    form = writer.form

    def apply(db: Session, dossier: Dossier) -> None:
        body = NewDiscrepancy.model_validate(_given(form, "pair", "element", "gravity", "text"))
        log_discrepancy(db, writer.actor, dossier, body)

    return _change(writer, profile, ref, apply, "concordance", match=True)


@router.post(AT + "/discrepancies/{number}/settle")
def settle(writer: FormWriter, profile: AppProfile, ref: ProposalRef, number: Number) -> Response:
    """How a difference was settled."""

    def apply(db: Session, dossier: Dossier) -> None:
        body = Settlement.model_validate(_given(writer.form, "resolution"))
        settle_discrepancy(db, writer.actor, dossier, number, body.resolution)

    return _change(writer, profile, ref, apply, "concordance", match=True)


@router.post(AT + "/positions/{number}/withdraw")
def withdraw(writer: FormWriter, profile: AppProfile, ref: ProposalRef, number: Number) -> Response:
    """Take a reservation back."""

    def apply(db: Session, dossier: Dossier) -> None:
        withdraw_reservation(db, writer.actor, dossier, number)

    return _change(writer, profile, ref, apply, "positions", match=True)
