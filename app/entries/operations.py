"""What changes an entry: its first showing, the adoption of a text, its end. Each writes its own history."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor
from app.db import now
from app.entries.canonical import canonical_json, content_digest, content_from, digest
from app.entries.content import EntryContent
from app.entries.derived import rewrite_derived
from app.entries.numbers import dated_number, entry_number, next_number, own_number
from app.entries.parallel import common_ground
from app.entries.statement_tables import ParallelText
from app.entries.status import EntryFacts, derive_status
from app.entries.tables import Decision, DecisionMethod, Entry, EntryVersion, Scope, SubjectField
from app.errors import InvalidInput
from app.history import operations as history
from app.history.operations import Happening
from app.history.tables import EntryChange
from app.profile import ApprovalLevel

_AT_ONCE = 500
"""Numbers in one query."""


def new_decision(
    db: Session,
    *,
    method: DecisionMethod,
    level: ApprovalLevel,
    parties: frozenset[str] = frozenset(),
    explicit: frozenset[str] = frozenset(),
    absent: frozenset[str] = frozenset(),
    scope: Scope = Scope.FULL,
    made_at: datetime | None = None,
    silence: str | None = None,
    meeting: str | None = None,
    note: str | None = None,
) -> Decision:
    """A decision with the next number of its year; made now, unless an instant of the past made it."""
    made = made_at or now(db)
    decision = Decision(
        number=dated_number("D", made.year, next_number(db, "D", made.year)),
        sheet=dated_number("DS", made.year, next_number(db, "DS", made.year)),
        made_at=made,
        method=method,
        level=level,
        scope=scope,
        parties=_codes(parties),
        explicit=_codes(explicit),
        absent=_codes(absent),
        silence=silence,
        meeting=meeting,
        note=note,
    )
    db.add(decision)
    db.flush()
    return decision


def says(entry: Entry, content: EntryContent) -> bool:
    """Whether the public text of an entry is this content."""
    return entry.digest == content_digest(content)


def check_subject_fields(db: Session, content: EntryContent, prefix: str = "") -> None:
    """Raise InvalidInput if the content names a subject field that is not there."""
    known = set(
        db.scalars(select(col(SubjectField.code)).where(col(SubjectField.code).in_(content.subject_fields)))
    )
    for place, code in enumerate(content.subject_fields):
        if code not in known:
            raise InvalidInput(field=f"{prefix}subject_fields.{place}", reason="unknown_subject_field", value=code)


def check_relations(
    db: Session,
    content: EntryContent,
    prefix: str = "",
    *,
    own_id: int | None = None,
    expected: frozenset[int] = frozenset(),
) -> None:
    """Raise InvalidInput if the content is related to itself, or to an entry neither there nor expected."""
    if content.relations:
        check_relations_within(content, entries_there(db, [content]) | expected, prefix, own_id=own_id)


def entries_there(db: Session, contents: Iterable[EntryContent]) -> frozenset[int]:
    """Those of the entries to which contents are related that there are."""
    named = (own_number(relation.target) for content in contents for relation in content.relations)
    ids = sorted({number for number in named if number is not None})
    found: set[int] = set()
    for start in range(0, len(ids), _AT_ONCE):
        query = select(col(Entry.id)).where(col(Entry.id).in_(ids[start : start + _AT_ONCE]))
        found.update(db.scalars(query))
    return frozenset(found)


def check_relations_within(
    content: EntryContent, there: frozenset[int], prefix: str = "", *, own_id: int | None = None
) -> None:
    """The same, of entries that are known to be there."""
    for place, relation in enumerate(content.relations):
        field = f"{prefix}relations.{place}.target"
        target = own_number(relation.target)
        if own_id is not None and target == own_id:
            raise InvalidInput(field=field, reason="relation_to_itself", value=relation.target)
        # By its very number: TMD-00034 would be TMD-0034 a second time.
        if target is None or target not in there or entry_number(target) != relation.target:
            raise InvalidInput(field=field, reason="unknown_entry", value=relation.target)


def open_entry(db: Session, entry_id: int, content: EntryContent, *, proposal: str) -> Entry:
    """A new entry, shown as proposed with the text of the proposal's current revision."""
    made = now(db)
    entry = Entry(
        id=entry_id,
        status=derive_status(EntryFacts(under_review=True)),
        proposal=proposal,
        under_review=True,
        created_at=made,
        updated_at=made,
    )
    _show(entry, content, made)
    db.add(entry)
    db.flush()
    rewrite_derived(db, entry_id, content)
    return entry


def show_proposed(db: Session, entry: Entry, content: EntryContent) -> None:
    """Let an entry that is still proposed show a later revision."""
    _show(entry, content, now(db))
    db.flush()
    rewrite_derived(db, entry.id, content)


def close_unadopted(db: Session, entry: Entry) -> None:
    """End an entry whose proposal ended without adoption: the number stays spent, the text is no longer shown."""
    entry.under_review = entry.ad_referendum = False
    entry.withdrawn = True
    entry.content = entry.digest = None
    entry.updated_at = now(db)
    _derive(entry)
    db.flush()
    rewrite_derived(db, entry.id, None)


def adopt(
    db: Session,
    entry: Entry,
    content: EntryContent,
    decision: Decision,
    *,
    proposal: str | None = None,
    corrects: int | None = None,
    ad_referendum: bool = False,
) -> EntryVersion:
    """Make a text the next version of an entry; `corrects` is the version of which it is a corrigendum.

    It is agreed `ad_referendum` if a higher body has yet to approve it.
    """
    text = canonical_json(content)
    corrected, corrigendum = _correction(db, entry, corrects)
    version = EntryVersion(
        entry_id=entry.id,
        number=(entry.current_version or 0) + 1,
        content=text,
        digest=digest(text),
        adopted_at=decision.made_at,
        decision_id=_id(decision),
        corrects=corrected,
        corrigendum=corrigendum,
        proposal=proposal,
    )
    db.add(version)
    entry.current_version = version.number
    entry.under_review, entry.ad_referendum = False, ad_referendum
    entry.proposal = entry.endorsed_by = None
    _show(entry, content, decision.made_at)
    _derive(entry)
    db.flush()
    rewrite_derived(db, entry.id, content)
    return version


def end(db: Session, entry: Entry, decision: Decision, *, reason: str | None, successor: int | None = None) -> None:
    """Withdraw an agreed entry, or let its successor supersede it. Its texts stay readable for ever."""
    entry.superseded_by = successor
    entry.withdrawn = successor is None
    _end_by(db, entry, decision, reason)


def diverge(db: Session, entry: Entry, decision: Decision, texts: Mapping[str, EntryContent], reason: str) -> None:
    """Record the parallel texts of the sides. An entry that was never agreed is shown as diverged from now on."""
    for side, content in sorted(texts.items()):
        text = canonical_json(content)
        db.add(
            ParallelText(entry_id=entry.id, side=side, decision_id=_id(decision), content=text, digest=digest(text))
        )
    if entry.current_version is None:
        entry.diverged, entry.under_review, entry.proposal = True, False, None
        _show(entry, common_ground(texts), now(db))
        _end_by(db, entry, decision, reason)


def show_referendum(db: Session, entry: Entry, *, waits: bool) -> None:
    """Say, or no longer say, of an entry without a version that its text waits to be confirmed by the parties."""
    entry.ad_referendum = waits
    entry.updated_at = now(db)
    db.flush()


def _end_by(db: Session, entry: Entry, decision: Decision, reason: str | None) -> None:
    entry.ended_by, entry.end_reason = _id(decision), reason
    entry.updated_at = decision.made_at
    _derive(entry)
    db.flush()
    rewrite_derived(db, entry.id, content_from(entry.content) if entry.content is not None else None)


def load_adopted(db: Session, actor: Actor, *, entry_id: int, content: EntryContent, decision: Decision) -> Entry:
    """A new entry whose first text is adopted at once, by the decision of an initial load."""
    made = decision.made_at
    text = canonical_json(content)
    facts = EntryFacts(has_version=True)
    entry = Entry(
        id=entry_id,
        status=derive_status(facts),
        current_version=1,
        content=text,
        digest=digest(text),
        created_at=made,
        updated_at=made,
    )
    db.add(entry)
    db.flush()
    db.add(
        EntryVersion(
            entry_id=entry_id,
            number=1,
            content=text,
            digest=digest(text),
            adopted_at=made,
            decision_id=_id(decision),
        )
    )
    rewrite_derived(db, entry_id, content)
    happening = Happening("entry.load", entry_id=entry_id, change=EntryChange.ADOPTED, after=entry.digest)
    history.record(db, actor, happening, decision=decision.number, version=1)
    return entry


def _show(entry: Entry, content: EntryContent, at: datetime) -> None:
    entry.content = canonical_json(content)
    entry.digest = digest(entry.content)
    entry.updated_at = at


def _derive(entry: Entry) -> None:
    entry.status = derive_status(
        EntryFacts(
            has_version=entry.current_version is not None,
            under_review=entry.under_review,
            superseded=entry.superseded_by is not None,
            withdrawn=entry.withdrawn,
            diverged=entry.diverged,
        )
    )


def _correction(db: Session, entry: Entry, corrects: int | None) -> tuple[int | None, int | None]:
    """Which version is corrected, and for which time: a slip in a corrigendum is mended in the same version."""
    if corrects is None:
        return None, None
    version = db.get_one(EntryVersion, (entry.id, corrects))
    if version.corrects is None:
        return corrects, 1
    return version.corrects, (version.corrigendum or 0) + 1


def _codes(parties: frozenset[str]) -> str:
    return " ".join(sorted(parties))


def _id(decision: Decision) -> int:
    if decision.id is None:
        raise RuntimeError("the decision has not been flushed")
    return decision.id
