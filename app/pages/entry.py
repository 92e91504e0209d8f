"""The page of an entry: its texts side by side, and all that is to be known before they are used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.entries import queries
from app.entries.content import EntryContent
from app.entries.neighbours import Called, relations_around
from app.entries.numbers import entry_number
from app.entries.parties import party_names
from app.entries.presenting import designation, entries_out
from app.entries.schemas import EntryOut
from app.entries.tables import Decision, Entry, EntryVersion
from app.http.deps import AppSettings, ReadDb
from app.http.params import Ref
from app.languages.codes import LANGUAGES, LanguageCode
from app.pages.diagram import Neighbour, drawn
from app.pages.paths import LANGUAGE
from app.pages.reader import PageReader, Reader
from app.pages.rendering import page
from app.texts import dates
from app.texts.catalogues import N_, translated
from app.texts.elements import element_name
from app.texts.filling import put
from app.texts.names import name_of

router = APIRouter(include_in_schema=False)

LONGEST_GIST = 160

CITATION = N_("Compendium of theatre missile defence terms, {designation}: {terms}. Adopted {day}. {uri}")
CITATION_OF_PROPOSAL = N_("Compendium of theatre missile defence terms, {designation} (proposed): {terms}. {uri}")


@dataclass(frozen=True)
class Head:
    """A term that an entry is called by."""

    language: LanguageCode
    text: str


@router.get(LANGUAGE + "/entries/{ref}")
def entry_page(request: Request, db: ReadDb, settings: AppSettings, reader: PageReader, ref: Ref) -> Response:
    """One entry, also one that was withdrawn."""
    found = queries.entry_of(db, ref)
    entry = entries_out(db, [found], settings.public_url)[0]
    names = party_names(db) if entry.reservations or entry.parallel_texts else None
    # The text of one side must not speak for an entry on which they differ.
    agreed = entry.content if not entry.parallel_texts else None
    heads = heads_of(agreed, reader)
    return page(
        request,
        reader,
        "entry.html",
        entry=entry,
        heads=heads,
        gist=_gist(agreed, reader),
        citation=_citation(entry, heads, reader.language),
        party=lambda code: names.name(code, reader.language) if names is not None else code,
        element=lambda element: element_name(element, reader.language),
        **_around(db, found, heads, reader),
        **_steps(db, entry, reader),
        versions=_versions(queries.versions_of(db, found)) if entry.version is not None else [],
    )


def heads_of(content: EntryContent | None, reader: Reader) -> list[Head]:
    """What a content is called in each language, in the order of the reader's columns."""
    heads = []
    for code in reader.columns:
        section = content.languages.get(code) if content is not None else None
        if section is not None and section.terms:
            heads.append(Head(code, (section.preferred or section.terms[0]).text))
    return heads


def _gist(content: EntryContent | None, reader: Reader) -> str:
    """The beginning of the definition, for lists of links elsewhere."""
    section = content.languages.get(reader.language) if content is not None else None
    text = section.definition.text if section is not None and section.definition is not None else ""
    return text if len(text) <= LONGEST_GIST else text[: LONGEST_GIST - 1].rsplit(" ", 1)[0] + "…"


def _citation(entry: EntryOut, heads: Sequence[Head], language: LanguageCode) -> str:
    """How the entry is cited; nothing of one without a text."""
    if entry.content is None:
        return ""
    sentence = CITATION if entry.adopted is not None else CITATION_OF_PROPOSAL
    return put(
        translated(sentence, language),
        designation=entry.designation or entry.number,
        terms=" / ".join(head.text for head in heads),
        day=dates.day(entry.adopted.date(), language) if entry.adopted is not None else "",
        uri=entry.uri,
    )


def _steps(db: Session, entry: EntryOut, reader: Reader) -> dict[str, Any]:
    """The way from the start page by the main subject field."""
    if entry.content is None:
        return {"steps": []}
    code = entry.content.subject_fields[0]
    label = queries.subject_labels(db, [code]).get(code, {}).get(reader.language, code)
    return {
        "steps": [
            ("/subjects", translated(N_("Subject fields"), reader.language), False),
            (f"/subjects/{code}", label, True),
        ]
    }


def _around(db: Session, entry: Entry, heads: Sequence[Head], reader: Reader) -> dict[str, Any]:
    """The related concepts, grouped by what they are to this one, and the diagram of them."""
    related, names = relations_around(db, entry.id)
    order = (reader.language, *LANGUAGES)
    neighbours = [
        _neighbour(kind.value, other, inverse, names, order) for kind, other, inverse in related if other in names
    ]
    if not neighbours:
        return {"groups": [], "drawing": None}
    # An entry on which the sides differ has no name of its own.
    nameless = Head(reader.language, entry_number(entry.id))
    head = next((h for code in order for h in heads if h.language == code), nameless)
    # Both ends of such a relation are called the same, so what leads from and to them stands together.
    ordered = sorted(neighbours, key=lambda n: n.said)
    groups = [(said, list(found)) for said, found in groupby(ordered, key=lambda n: n.said)]
    groups.sort(key=lambda group: neighbours.index(group[1][0]))
    return {"groups": groups, "drawing": drawn(head.text, head.language, neighbours)}


def _neighbour(
    kind: str, other: int, inverse: bool, names: Mapping[int, Called], order: Sequence[LanguageCode]
) -> Neighbour:
    known = names[other]
    language, text = known.in_(*order) or (order[0], entry_number(other))
    said = name_of("inverse_relation" if inverse else "relation", kind, order[0])
    return Neighbour(entry_number(other), text, language, known.status.value, kind, inverse, said)


def _versions(found: Sequence[tuple[EntryVersion, Decision]]) -> list[dict[str, Any]]:
    """The versions of an entry, newest first."""
    return [
        {
            "number": version.number,
            "designation": designation(version),
            "adopted": version.adopted_at,
            "decision": decision.number,
        }
        for version, decision in reversed(found)
    ]
