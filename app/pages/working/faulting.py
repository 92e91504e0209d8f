"""What is wrong with a form, beside the fields that it is wrong with."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from app.errors import DomainError
from app.languages.codes import LanguageCode
from app.pages.forms import Form
from app.texts.faults import fault_text
from app.texts.problems import problem_text

WHOLE = ""
"""The field of what is wrong with a form as a whole."""


def note_invalid(form: Form, error: ValidationError, language: LanguageCode, fields: Iterable[str]) -> None:
    """Put each of Pydantic's errors beside the field that it names, or the nearest one that the form has."""
    shown = set(fields)
    for one in error.errors(include_url=False):
        name = ".".join(str(part) for part in one["loc"]).removeprefix("content.")
        _note(form, _nearest(name, shown), fault_text(one["type"], language, one.get("ctx") or {}))


def note_refused(
    form: Form,
    error: DomainError,
    language: LanguageCode,
    fields: Iterable[str],
    names: Mapping[str, str] | None = None,
) -> None:
    """The same of an expected failure; `names` says which field stands for another one."""
    name = (error.field or WHOLE).removeprefix("content.")
    name = (names or {}).get(name, name)
    params: dict[str, Any] = error.params
    _note(form, _nearest(name, set(fields)), problem_text(error.code, language, params).detail)


def _nearest(name: str, shown: set[str]) -> str:
    """The field itself, what it is a part of, or the form as a whole."""
    while name and name not in shown:
        name = name.rpartition(".")[0]
    return name


def _note(form: Form, name: str, sentence: str) -> None:
    known = form.faults.get(name)
    form.faults[name] = sentence if known is None or known == sentence else f"{known} {sentence}"
