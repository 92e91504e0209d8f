"""Proposing an entry, an amendment or a translation, and revising a text. Nothing typed is lost on the way.

The buttons that add a row and the one that looks the text over send the whole form and get it back.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError
from sqlalchemy.orm import Session

from app import policy
from app.entries import queries
from app.entries.canonical import content_from
from app.entries.content import EntryContent, EntryNumber
from app.entries.lint.reading import Reading, Stage
from app.entries.lint.running import lint
from app.entries.numbers import entry_id, entry_number
from app.errors import DomainError, NotFound, NotPermitted, StaleVersion
from app.findings.presenting import finding_out
from app.findings.schemas import FindingOut
from app.http.deps import AppProfile, ReadDb
from app.http.etags import require_match
from app.languages.codes import LanguageCode
from app.pages.forms import Form
from app.pages.paths import LANGUAGE
from app.pages.reader import Reader
from app.pages.rendering import page
from app.pages.working.access import FormWriter, Insider, Writer
from app.pages.working.content_form import add_row, blank_form, form_of, typed_content
from app.pages.working.editing import editor_of
from app.pages.working.faulting import note_invalid, note_refused
from app.proposals import operations
from app.proposals.dossier import Dossier, dossier_of
from app.proposals.inputs import NewProposal, NewRevision
from app.proposals.remarks import Surroundings
from app.proposals.routes import ProposalRef
from app.proposals.workflow import ProposalKind
from app.texts.elements import element_name

router = APIRouter(include_in_schema=False)

OWN = ("kind", "entry", "base_version", "justification", "successor", "reopens")
"""The fields of a proposal beside those of its content."""


@router.get(LANGUAGE + "/propose")
def propose_page(
    request: Request,
    reader: Insider,
    db: ReadDb,
    kind: Annotated[ProposalKind, Query()] = ProposalKind.NEW,
    entry: Annotated[EntryNumber | None, Query()] = None,
) -> Response:
    """The form of a proposal: blank, or filled with the text of the entry that it is about."""
    if not policy.may_draft(reader.actor):
        raise NotPermitted(action="propose")
    values = blank_form() | {"kind": [kind.value]}
    if entry is not None:
        values |= _about(db, entry)
    return page(request, reader, "working/write.html", private=True, **_writing(db, reader, Form(values)))


def _about(db: Session, number: str) -> dict[str, list[str]]:
    """What a form says of the entry that a proposal is about. Raises NotFound."""
    found = queries.entry_of(db, number)
    text = form_of(content_from(found.content)) if found.content is not None else {}
    return text | {"entry": [entry_number(found.id)], "base_version": [str(found.current_version or "")]}


@router.post(LANGUAGE + "/propose")
def propose(writer: FormWriter, profile: AppProfile) -> Response:
    """A draft of one's party; nobody else sees it before it is submitted."""
    if writer.is_out:
        return writer.ask_to_sign_in()
    form = writer.form
    if again := _adding_or_looking(writer, None):
        return again

    def apply(db: Session) -> Dossier:
        return operations.propose(db, writer.actor, profile, NewProposal.model_validate(_typed(form)))

    return _sent(writer, apply, None)


@router.get(LANGUAGE + "/proposals/{ref}/revise")
def revise_page(request: Request, reader: Insider, db: ReadDb, profile: AppProfile, ref: ProposalRef) -> Response:
    """The form of the next revision, filled with the text as it stands."""
    dossier = dossier_of(db, reader.actor, ref, profile)
    form = Form(blank_form() | form_of(dossier.content) | {"base_version": [str(dossier.current_version or "")]})
    return page(request, reader, "working/write.html", private=True, **_writing(db, reader, form, dossier))


@router.post(LANGUAGE + "/proposals/{ref}/revise")
def revise(writer: FormWriter, profile: AppProfile, ref: ProposalRef) -> Response:
    """The next text of a proposal. Sign-offs on the text before it no longer count."""
    if writer.is_out:
        return writer.ask_to_sign_in()
    form = writer.form
    with writer.database.read() as db:
        before = dossier_of(db, writer.actor, ref, profile)
    if again := _adding_or_looking(writer, before):
        return again

    def apply(db: Session) -> Dossier:
        dossier = dossier_of(db, writer.actor, ref, profile)
        require_match(form.value("etag") or None, dossier.etag)
        base = form.value("base_version") or None
        body = NewRevision.model_validate({"content": typed_content(form), "base_version": base})
        return operations.revise(db, writer.actor, dossier, body)

    return _sent(writer, apply, before)


def _typed(form: Form) -> dict[str, Any]:
    """A proposal as the API takes it."""
    given: dict[str, Any] = {name: form.value(name) for name in OWN if form.value(name)}
    kind = given.get("kind", "")
    if kind not in (ProposalKind.SUPERSEDE, ProposalKind.WITHDRAW):
        given["content"] = typed_content(form)
    if kind == ProposalKind.NEW:
        given.pop("entry", None)
        given.pop("base_version", None)
    if kind != ProposalKind.SUPERSEDE:
        given.pop("successor", None)
    return given


def _sent(writer: Writer, apply: Any, before: Dossier | None) -> Response:
    """The proposal that came of a form, or the form with what is wrong."""
    form, language = writer.form, writer.reader.language
    try:
        with writer.database.write() as db:
            made: Dossier = apply(db)
        return writer.see(f"/proposals/{made.proposal.number}")
    except ValidationError as error:
        note_invalid(form, error, language, _fields(form))
        status = 422
    except DomainError as error:
        if isinstance(error, StaleVersion):
            # Whoever has looked at the other text may send this one once more.
            form.values.pop("etag", None)
        note_refused(form, error, language, _fields(form), {"base_version": ""})
        status = error.status
    return _again(writer, before, status)


def _adding_or_looking(writer: Writer, before: Dossier | None) -> Response | None:
    """The form again with one more row, or with what the linter says of it; nothing if it is meant to be sent."""
    form = writer.form
    if form.value("add"):
        at = add_row(form, form.value("add"))
        return _again(writer, before, 200, at=at or "")
    if not form.value("look"):
        return None
    try:
        content = EntryContent.model_validate(typed_content(form))
    except ValidationError as error:
        note_invalid(form, error, writer.reader.language, _fields(form))
        # Nothing was to be kept, so nothing is refused.
        return _again(writer, before, 200)
    with writer.database.read() as db:
        found = remarks_on_draft(db, content, _own_entry(form, before), before, writer.reader.language)
        return writer.page("working/write.html", **_writing(db, writer.reader, form, before, findings=found))


def remarks_on_draft(
    db: Session, content: EntryContent, own: int | None, before: Dossier | None, language: LanguageCode
) -> list[FindingOut]:
    """What the linter says of a text that is not kept yet: look-alikes, earlier refusals, faults of form."""
    number = entry_number(own) if own is not None else None
    around = Surroundings(db, own, before.id if before is not None else None)
    found = lint(Reading(content, number, Stage.DRAFT, around))
    return [finding_out(one, None, language) for one in found]


def _own_entry(form: Form, before: Dossier | None) -> int | None:
    if before is not None:
        return before.proposal.entry_id
    named = form.value("entry")
    try:
        return entry_id(named) if named else None
    except NotFound:
        return None


def _again(writer: Writer, before: Dossier | None, status: int, *, at: str = "") -> Response:
    with writer.database.read() as db:
        return writer.page(
            "working/write.html", status=status, **_writing(db, writer.reader, writer.form, before, at=at)
        )


def _writing(
    db: Session,
    reader: Reader,
    form: Form,
    before: Dossier | None = None,
    *,
    findings: list[FindingOut] | None = None,
    at: str = "",
) -> dict[str, Any]:
    """What the form of a text is made of."""
    kind = before.proposal.kind.value if before is not None else form.value("kind")
    return {
        "form": form,
        "kind": kind if kind in {*ProposalKind} else ProposalKind.NEW.value,
        "proposal": before.proposal.number if before is not None else None,
        "etag": form.value("etag") or (before.etag if before is not None else ""),
        "findings": findings,
        "focus": at,
        "element": lambda path: element_name(path, reader.language),
        **editor_of(db, form),
    }


def _fields(form: Form) -> Mapping[str, Any]:
    """The fields that a fault may stand beside."""
    sections = {f"languages.{code}": 0 for code in ("en", "fr", "ru")}
    return {**form.values, **sections, **dict.fromkeys(OWN)}
