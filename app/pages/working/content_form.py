"""A content as a form: each field is named by its path, as errors name it: `languages.ru.terms.0.text`.

What the form has no input for goes along unseen, so that nothing of an entry is lost when it is amended.
"""

import re
from collections.abc import Iterator
from typing import Any

from app.entries.content import EntryContent
from app.pages.forms import Form

_PLACE = r"\d{1,2}"
_TERM = (
    "text|type|acceptability|part_of_speech|gender|number|region|register|usage_note|abbreviation_of"
    rf"|sources\.{_PLACE}|contexts\.{_PLACE}\.(?:text|source)|transliterations\.{_PLACE}\.(?:scheme|text)"
)
_SECTION = (
    rf"no_equivalent|notes\.{_PLACE}|examples\.{_PLACE}|definition\.text"
    rf"|definition\.sources\.{_PLACE}\.(?:citation|uri|relation)|terms\.{_PLACE}\.(?:{_TERM})"
)
FIELD = re.compile(
    rf"notation|(?:subject_fields|activities)\.{_PLACE}|relations\.{_PLACE}\.(?:type|target)"
    rf"|references\.{_PLACE}\.(?:uri|match|label)|equivalence\.(?:en-fr|en-ru|fr-ru)\.(?:degree|remark)"
    rf"|languages\.(?:en|fr|ru)\.(?:{_SECTION})"
)
"""The names that fields of a content may have."""

LISTS = re.compile(
    r"subject_fields|relations|references|activities"
    r"|languages\.(?:en|fr|ru)\.(?:terms|notes|examples|definition\.sources)"
    rf"|languages\.(?:en|fr|ru)\.terms\.{_PLACE}\.(?:contexts|sources|transliterations)"
)
"""The lists to which the form can add a row."""

_FIRST_FIELD = {
    "terms": ".text",
    "contexts": ".text",
    "transliterations": ".text",
    "definition.sources": ".citation",
    "relations": ".target",
    "references": ".uri",
}
_CHOSEN = {"type", "acceptability", "part_of_speech", "gender", "number", "register", "relation", "match", "scheme"}
"""Fields that have a value though nobody typed anything."""


def form_of(content: EntryContent) -> dict[str, list[str]]:
    """The fields of a content with their values."""
    return {name: [text] for name, text in _leaves("", content.model_dump(mode="json", exclude_none=True))}


def blank_form() -> dict[str, list[str]]:
    """The fields of a content of which nothing is known yet: room for a term and a definition in each language."""
    fields = ["subject_fields.0"]
    for code in ("en", "fr", "ru"):
        fields += [
            f"languages.{code}.terms.0.text",
            f"languages.{code}.definition.text",
            f"languages.{code}.definition.sources.0.citation",
        ]
    return {name: [""] for name in fields}


def typed_content(form: Form) -> dict[str, Any]:
    """What was typed, as JSON. The form is brought into the same shape, so that errors find their fields."""
    content = _without_blank(_nested(form)) or {}
    _reshape(form, content)
    return dict(content)


def add_row(form: Form, path: str) -> str | None:
    """Give a list of the form one more row; the name of its first field."""
    if not LISTS.fullmatch(path):
        return None
    place = rows(form, path)
    if place >= 50:
        return None
    first = next((name for of, name in _FIRST_FIELD.items() if path.endswith(of)), "")
    name = f"{path}.{place}{first}"
    form.values[name] = [""]
    return name


def rows(form: Form, path: str) -> int:
    """How many rows a list of the form has."""
    starts = f"{path}."
    places = [name[len(starts) :].partition(".")[0] for name in form.values if name.startswith(starts)]
    return max((int(place) + 1 for place in places if place.isdecimal()), default=0)


def unseen(form: Form, seen: set[str]) -> list[tuple[str, str]]:
    """The fields of the content that a page has no input for."""
    return [
        (name, form.value(name)) for name in form.values if name not in seen and FIELD.fullmatch(name) is not None
    ]


def _nested(form: Form) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for name in sorted(form.values, key=_in_order):
        if FIELD.fullmatch(name):
            *steps, last = name.split(".")
            node = root
            for step in steps:
                node = node.setdefault(step, {})
            node[last] = form.value(name).strip()
    return root


def _in_order(name: str) -> list[tuple[int, str]]:
    return [(int(step), "") if step.isdecimal() else (0, step) for step in name.split(".")]


def _without_blank(node: Any) -> Any:
    """The same without rows and sections that nobody has filled in; nothing if that is all of it."""
    if isinstance(node, str):
        return node or None
    kept = {step: value for step, child in node.items() if (value := _without_blank(child)) is not None}
    if set(kept) <= _CHOSEN:
        return None
    if kept and all(step.isdecimal() for step in kept):
        return list(kept.values())
    return kept or None


def _reshape(form: Form, content: dict[str, Any]) -> None:
    """Let the rows of the form be counted as those of the content are; rows for what is missing stay."""
    for name in [name for name in form.values if FIELD.fullmatch(name)]:
        del form.values[name]
    form.values.update(blank_form() | {name: [text] for name, text in _leaves("", content)})


def _leaves(path: str, node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for step, child in node.items():
            yield from _leaves(f"{path}.{step}" if path else step, child)
    elif isinstance(node, list | tuple):
        for place, child in enumerate(node):
            yield from _leaves(f"{path}.{place}", child)
    else:
        yield path, str(node)
