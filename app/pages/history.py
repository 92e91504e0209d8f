"""The history of an entry: every adopted text, and what changed from one to the next, marked by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from app.entries import queries
from app.entries.canonical import content_from
from app.entries.diff import Difference, difference
from app.entries.numbers import entry_number
from app.entries.parties import party_names
from app.entries.presenting import designation, statements_out, version_out
from app.entries.routes import VersionNumber
from app.entries.statements import statements_of
from app.entries.tables import Decision, EntryVersion
from app.http.deps import AppSettings, ReadDb
from app.http.params import Ref
from app.languages.codes import LANGUAGES, LanguageCode
from app.pages.entry import heads_of
from app.pages.paths import LANGUAGE
from app.pages.reader import PageReader
from app.pages.rendering import page
from app.proposals.papers.word_diff import Piece, word_changes
from app.texts.elements import element_name
from app.texts.names import NAMES, name_of

router = APIRouter(include_in_schema=False)

_OF_TERM = re.compile(r"(languages\.\w{2}\.terms\[.+?\])\.([a-z_]+)(?:[.\[].*)?")
"""A field of a term."""

MOST = 10
"""Versions whose changes one page shows."""


@dataclass(frozen=True)
class Change:
    """One field that changed, as a page shows it."""

    element: str
    language: str
    """Of the text; empty if it is none of the three."""
    pieces: Sequence[Piece]


@router.get(LANGUAGE + "/entries/{ref}/history")
def history_page(request: Request, db: ReadDb, reader: PageReader, ref: Ref) -> Response:
    """What changed from version to version, newest first."""
    entry = queries.entry_of(db, ref)
    found = list(queries.versions_of(db, entry))[-MOST - 1 :]
    before: list[EntryVersion | None] = [version for version, _ in found[:-1]]
    if found and found[0][0].number == 1:
        before.insert(0, None)
    else:
        found = found[1:]
    steps = [
        _step(version, decision, earlier, reader.language)
        for (version, decision), earlier in zip(found, before, strict=True)
    ]
    return page(request, reader, "history.html", number=entry_number(entry.id), steps=steps[::-1])


@router.get(LANGUAGE + "/entries/{ref}/versions/{version}")
def version_page(
    request: Request, db: ReadDb, settings: AppSettings, reader: PageReader, ref: Ref, version: VersionNumber
) -> Response:
    """One adopted text, for ever as it was adopted."""
    entry = queries.entry_of(db, ref)
    found, decision = queries.version_of(db, entry, version)
    made = statements_out(db, statements_of(db, found.entry_id, found.number))
    names = party_names(db) if made else None
    shown = version_out(found, decision, settings.public_url, made)
    return page(
        request,
        reader,
        "version.html",
        version=shown,
        heads=heads_of(shown.content, reader),
        current=entry.current_version,
        party=lambda code: names.name(code, reader.language) if names is not None else code,
    )


def _step(
    version: EntryVersion, decision: Decision, before: EntryVersion | None, language: LanguageCode
) -> dict[str, Any]:
    """A version, and how it differs from the one before."""
    changes: list[Change] = []
    if before is not None:
        found = difference(content_from(before.content), content_from(version.content))
        changes = [change for one in found for change in _changes(one, language)]
    return {
        "number": version.number,
        "designation": designation(version),
        "adopted": version.adopted_at,
        "decision": decision.number,
        "is_first": before is None,
        "changes": changes,
    }


def _changes(found: Difference, language: LanguageCode) -> Iterator[Change]:
    """A field that differs, in words: codes by what they are called, texts by their words."""
    field = found.path.rpartition(".")[2]
    kind = {"type": "type", "degree": "degree", "relation": "source"}.get(field, field)
    code = next((code for code in LANGUAGES if found.path.startswith(f"languages.{code}")), "")
    before, after = (
        [_said(text, kind, language) for text in _leaves(value, language)] for value in (found.before, found.after)
    )
    coded = kind in NAMES
    label = _label(found.path, language)
    for place in range(max(len(before), len(after))):
        old = before[place] if place < len(before) else ""
        new = after[place] if place < len(after) else ""
        yield Change(label, language if coded else code, word_changes(old, new))


def _label(path: str, language: LanguageCode) -> str:
    """What a field is called: the element it belongs to, and its own name where it has one."""
    found = _OF_TERM.fullmatch(path)
    if found is not None and found[2] in NAMES["field"]:
        return f"{element_name(found[1], language)}: {name_of('field', found[2], language)}"
    return element_name(path, language)


def _said(text: str, kind: str, language: LanguageCode) -> str:
    return name_of(kind, text, language) if text in NAMES.get(kind, {}) else text


def _leaves(value: Any, language: LanguageCode) -> list[str]:
    """The texts in a value; of a term, a definition or the like, what it says first."""
    if value is None:
        return []
    if isinstance(value, dict):
        return _parts(value, language)
    if isinstance(value, list):
        return [leaf for part in value for leaf in _leaves(part, language)]
    return [str(value)]


def _parts(value: dict[str, Any], language: LanguageCode) -> list[str]:
    """What an object says, its codes by their names."""
    if "text" in value:
        return [str(value["text"])]
    if "target" in value:
        return [f"{name_of('relation', value['type'], language)} {value['target']}"]
    if "degree" in value:
        return [name_of("degree", value["degree"], language), *_leaves(value.get("remark"), language)]
    if "match" in value:
        return [f"{value.get('label') or value['uri']} ({name_of('reference', value['match'], language)})"]
    if "citation" in value:
        return [str(value["citation"])]
    return [leaf for part in value.values() for leaf in _leaves(part, language)]
