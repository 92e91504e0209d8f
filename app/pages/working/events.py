"""What goes with an event: the parts of its form, and what was typed into them as the API takes it."""

from typing import Any

from app.languages.codes import LANGUAGES
from app.pages.forms import Form
from app.pages.working.content_form import typed_content
from app.proposals.inputs import EventInput
from app.proposals.workflow import Event, Transition

_PART_OF_GUARD = {
    "reason_is_given": "reason",
    "objection_is_whole": "objection",
    "statement_is_given": "statement",
    "meeting_is_named": "meeting",
    "own_text_is_given": "content",
}
"""The part of the form that settles a condition."""

_MORE: dict[Event, tuple[str, ...]] = {
    Event.OPEN_SILENCE: ("period",),
    Event.AGREE: ("scope", "absent"),
    Event.AGREE_AD_REFERENDUM: ("scope", "absent"),
    Event.CONCUR: ("element",),
    Event.ABSTAIN: ("element",),
}
"""What may go with an event though no condition asks for it."""

FIELDS = (
    "reason",
    "objection.type",
    "objection.element",
    "objection.language",
    "objection.alternative",
    "objection.cannot_accept_concept",
    "statement.kind",
    "statement.element",
    "statement.language",
    "statement.text",
    "statement.alternative",
    *(f"statement.translations.{code}" for code in LANGUAGES),
    "element",
    "period",
    "meeting",
    "absent",
    "scope",
)


def parts_of(row: Transition) -> tuple[str, ...]:
    """The parts of the form of an event: what its conditions ask for, and what may go with it."""
    asked = [_PART_OF_GUARD[guard.__name__] for guard in row.guards if guard.__name__ in _PART_OF_GUARD]
    return (*asked, *_MORE.get(row.event, ()))


def typed_event(form: Form, parts: tuple[str, ...]) -> EventInput:
    """What was typed, as the API takes it. Raises ValidationError."""
    given: dict[str, Any] = {}
    for part in ("reason", "element", "period", "meeting", "scope"):
        if part in parts and form.value(part):
            given[part] = form.value(part)
    if "absent" in parts:
        given["absent"] = form.all("absent")
    if "objection" in parts:
        given["objection"] = _objection(form)
    if "statement" in parts:
        given["statement"] = _statement(form)
    if "content" in parts:
        given["content"] = typed_content(form)
    return EventInput.model_validate(given)


def _objection(form: Form) -> dict[str, Any]:
    said = _filled(form, "objection", ("type", "element", "language", "alternative"))
    return said | {"cannot_accept_concept": bool(form.value("objection.cannot_accept_concept"))}


def _statement(form: Form) -> dict[str, Any]:
    said = _filled(form, "statement", ("kind", "element", "language", "text", "alternative"))
    translations = {code: form.value(f"statement.translations.{code}") for code in LANGUAGES}
    return said | {"translations": {code: text for code, text in translations.items() if text}}


def _filled(form: Form, part: str, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a part into which something was typed."""
    return {name: form.value(f"{part}.{name}") for name in names if form.value(f"{part}.{name}")}
