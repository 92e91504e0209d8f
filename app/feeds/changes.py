"""The changes of public entries as entries of a feed: what changed, and by which decision; no names."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import desc, select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.canonical import content_from
from app.entries.content import EntryContent
from app.entries.diff import difference
from app.entries.numbers import entry_number
from app.entries.presenting import entry_uri
from app.entries.tables import Entry, EntryVersion
from app.feeds.atom import AtomEntry, Link
from app.history.tables import AuditEvent
from app.languages.codes import LANGUAGES, LanguageCode
from app.texts.catalogues import translated
from app.texts.changes import (
    DECISION,
    DIFFERENCES,
    LABELS,
    VERSION,
    change_sentence,
    change_title,
    changed_elements,
    said,
)


@dataclass(frozen=True)
class Change:
    """One change, with the public texts that it is about."""

    seq: int
    at: datetime
    code: str
    entry_id: int
    version: int | None
    decision: str | None
    content: EntryContent | None
    """The adopted text; else what the entry shows now, which is nothing once it is withdrawn."""
    before: EntryContent | None
    """The version before."""


def latest_changes(db: Session, before: int | None, limit: int) -> list[Change]:
    """The changes of public entries, newest first, from the one before a sequence number."""
    query = select(AuditEvent).where(col(AuditEvent.change).is_not(None), col(AuditEvent.entry_id).is_not(None))
    if before is not None:
        query = query.where(col(AuditEvent.seq) < before)
    events = db.scalars(query.order_by(desc(col(AuditEvent.seq))).limit(limit)).all()
    versions, shown = _versions(db, events), _shown(db, events)
    return [_change(event, versions, shown) for event in events]


def atom_entry(change: Change, language: LanguageCode, public_url: str) -> AtomEntry:
    """A change in the language of the reader."""
    params = {"entry": _named(change, language), "version": str(change.version), "decision": change.decision or ""}
    sentences = [change_sentence(change.code, language, **params)]
    if change.before is not None and change.content is not None:
        sentences.append(changed_elements(_elements(change.before, change.content), language))
    return AtomEntry(
        # An address at which this very change can be read for ever.
        id=f"{public_url}/v1/changes?since={change.seq - 1}&limit=1",
        title=change_title(change.code, language, **params),
        at=change.at,
        category=change.code,
        label=translated(LABELS[change.code], language),
        links=list(_links(change, language, public_url)),
        sentences=sentences,
        quoted=_terms(change.content),
    )


def _change(
    event: AuditEvent,
    versions: Mapping[tuple[int, int], EntryContent],
    shown: Mapping[int, EntryContent | None],
) -> Change:
    if event.change is None or event.entry_id is None:
        raise RuntimeError("an event of the change feed is about an entry")
    detail = json.loads(event.detail)
    version = detail.get("version")
    content = shown.get(event.entry_id) if version is None else versions[event.entry_id, version]
    return Change(
        seq=event.seq,
        at=event.at,
        code=event.change.value,
        entry_id=event.entry_id,
        version=version,
        decision=detail.get("decision"),
        content=content,
        before=versions.get((event.entry_id, version - 1)) if version is not None else None,
    )


def _versions(db: Session, events: Sequence[AuditEvent]) -> dict[tuple[int, int], EntryContent]:
    """The versions that the events made and those before them, by entry and number."""
    adopted = [(event.entry_id, json.loads(event.detail).get("version")) for event in events]
    wanted = [(entry, number - back) for entry, number in adopted if number is not None for back in (0, 1)]
    query = select(EntryVersion).where(tuple_(col(EntryVersion.entry_id), col(EntryVersion.number)).in_(wanted))
    return {(v.entry_id, v.number): content_from(v.content) for v in (db.scalars(query) if wanted else ())}


def _shown(db: Session, events: Sequence[AuditEvent]) -> dict[int, EntryContent | None]:
    """What the entries of the events show now."""
    query = select(Entry).where(col(Entry.id).in_({event.entry_id for event in events}))
    return {entry.id: content_from(entry.content) if entry.content else None for entry in db.scalars(query)}


def _named(change: Change, language: LanguageCode) -> str:
    """The number of the entry and its term in the reader's language, or in another that has one."""
    terms = dict(_terms(change.content))
    term = terms.get(language) or next(iter(terms.values()), "")
    return f"{entry_number(change.entry_id)} {term}".strip()


def _terms(content: EntryContent | None) -> list[tuple[LanguageCode, str]]:
    """The preferred term of each language, or else its first."""
    sections = [(language, content.languages.get(language)) for language in LANGUAGES] if content else []
    return [
        (language, (section.preferred or section.terms[0]).text)
        for language, section in sections
        if section is not None and section.terms
    ]


def _elements(before: EntryContent, after: EntryContent) -> list[tuple[str, str]]:
    """The parts that differ, each once, as the language of its text (or nothing) and its name."""
    found = []
    for path in (one.path for one in difference(before, after)):
        head, *rest = path.partition("[")[0].split(".")
        found.append((rest[0], "".join(rest[1:2])) if head == "languages" and rest else ("", head))
    return list(dict.fromkeys(found))


def _links(change: Change, language: LanguageCode, public_url: str) -> Iterator[Link]:
    number = entry_number(change.entry_id)
    yield Link("alternate", entry_uri(public_url, change.entry_id))
    if change.version is not None:
        title = said(VERSION, language, version=str(change.version))
        href = f"{public_url}/v1/entries/{number}/versions/{change.version}"
        yield Link("related", href, "application/json", title=title)
        if change.before is not None:
            before = change.version - 1
            title = said(DIFFERENCES, language, before=str(before))
            href = f"{public_url}/v1/entries/{number}/diff?from={before}&to={change.version}"
            yield Link("related", href, "application/json", title=title)
    if change.decision is not None:
        title = said(DECISION, language, decision=change.decision)
        yield Link("related", f"{public_url}/v1/decisions/{change.decision}", "application/json", title=title)
