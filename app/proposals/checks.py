"""Whether a text may be proposed: what it changes, what it names, whose languages it touches."""

from sqlalchemy.orm import Session

from app.accounts.actor import Actor
from app.entries.canonical import content_from
from app.entries.content import EntryContent
from app.entries.diff import languages_changed
from app.entries.operations import check_relations, check_subject_fields
from app.entries.queries import entry_of
from app.entries.status import EntryStatus
from app.entries.tables import Entry
from app.errors import InvalidInput, LanguageNotPermitted, NotAmendable, NothingChanged, StaleBase
from app.profile import Profile
from app.proposals.dossier import dossier_of
from app.proposals.inputs import NewProposal
from app.proposals.remarks import REFUSED_STATES
from app.proposals.workflow import ProposalKind, State

REOPENABLE = (*REFUSED_STATES, State.DEFERRED, State.DIVERGED)
"""States from which a proposal is taken up again by a new one."""


def entry_to_change(db: Session, body: NewProposal) -> Entry | None:
    """The entry that a proposal changes or ends; None for a new one.

    Raises InvalidInput, NotFound, NotAmendable, StaleBase.
    """
    if body.kind is ProposalKind.NEW:
        for field in ("entry", "base_version"):
            if getattr(body, field) is not None:
                raise InvalidInput(field=field, reason="entry_not_expected")
        return None
    if body.entry is None:
        raise InvalidInput(field="entry", reason="entry_needed")
    if body.base_version is None:
        raise InvalidInput(field="base_version", reason="base_version_needed")
    entry = entry_of(db, body.entry)
    if entry.status is not EntryStatus.AGREED:
        raise NotAmendable(field="entry", ref=body.entry, status=entry.status.value)
    if entry.current_version != body.base_version:
        raise StaleBase(field="base_version", base=body.base_version, current=entry.current_version)
    return entry


def text_of(body: NewProposal, entry: Entry | None) -> EntryContent:
    """The text that a proposal is about: its own, or that of the entry which it would end. Raises InvalidInput."""
    if not body.kind.ends_entry:
        if body.content is None:
            raise InvalidInput(field="content", reason="missing")
        return body.content
    if body.content is not None:
        raise InvalidInput(field="content", reason="text_not_expected")
    if entry is None or entry.content is None:
        raise RuntimeError("an agreed entry has a text")
    return content_from(entry.content)


def successor_of(db: Session, body: NewProposal) -> int | None:
    """The entry that is to supersede another. Raises InvalidInput, NotFound, NotAmendable."""
    if body.kind is not ProposalKind.SUPERSEDE:
        if body.successor is not None:
            raise InvalidInput(field="successor", reason="successor_not_expected")
        return None
    if body.successor is None:
        raise InvalidInput(field="successor", reason="missing")
    successor = entry_of(db, body.successor)
    if body.entry is not None and successor.id == entry_of(db, body.entry).id:
        raise InvalidInput(field="successor", reason="relation_to_itself", value=body.successor)
    if successor.status is not EntryStatus.AGREED:
        raise NotAmendable(field="successor", ref=body.successor, status=successor.status.value)
    return successor.id


def check_reopened(db: Session, actor: Actor, body: NewProposal, profile: Profile) -> None:
    """Raise unless the proposal that is taken up again is one that came to nothing or was deferred."""
    if body.reopens is None:
        return
    earlier = dossier_of(db, actor, body.reopens, profile).proposal
    if earlier.state not in REOPENABLE:
        raise InvalidInput(field="reopens", reason="not_reopenable", value=earlier.state.value)


def check_parallel_text(db: Session, entry_id: int | None, content: EntryContent) -> None:
    """Raise InvalidInput if the parallel text of a side names what is not there."""
    check_subject_fields(db, content, "content.")
    check_relations(db, content, "content.", own_id=entry_id)


def check_text(
    db: Session,
    actor: Actor,
    kind: ProposalKind,
    entry: Entry | None,
    previous: EntryContent | None,
    content: EntryContent,
    expected: frozenset[int] = frozenset(),
) -> None:
    """Raise if the text names what is not there, changes nothing, or touches languages that it may not.

    `previous` is the revision before this one; of the first, what the entry says now. `expected` are
    entries about to be loaded, to which the text may be related already.
    """
    check_subject_fields(db, content, "content.")
    check_relations(db, content, "content.", own_id=entry.id if entry else None, expected=expected)
    adopted = None
    if entry is not None and entry.current_version is not None and entry.content is not None:
        adopted = content_from(entry.content)
    if content == adopted:
        raise NothingChanged(field="content")
    if kind is ProposalKind.ADD_LANGUAGE and adopted is not None:
        _check_only_adds_languages(adopted, content)
    if kind is ProposalKind.CORRIGENDUM and adopted is not None:
        _check_only_corrects(adopted, content)
    for language in sorted(languages_changed(previous or adopted, content)):
        if actor.languages and language not in actor.languages:
            raise LanguageNotPermitted(field=f"content.languages.{language}", language=language)


def _check_only_adds_languages(adopted: EntryContent, content: EntryContent) -> None:
    changed = languages_changed(adopted, content) & {str(code) for code in adopted.languages}
    if changed:
        touched = ", ".join(sorted(changed))
        raise InvalidInput(field="content.languages", reason="other_language_changed", value=touched)
    if not set(content.languages) - set(adopted.languages):
        raise InvalidInput(field="content.languages", reason="no_language_added")


def _check_only_corrects(adopted: EntryContent, content: EntryContent) -> None:
    """A corrigendum mends a slip; what changes the concept, preferred terms or relations is an amendment."""
    for field in ("subject_fields", "relations", "equivalence"):
        if getattr(adopted, field) != getattr(content, field):
            raise InvalidInput(field=f"content.{field}", reason="not_a_corrigendum")
    for code in {*adopted.languages, *content.languages}:
        before, after = (text.languages.get(code) for text in (adopted, content))
        if before is None or after is None or before.preferred != after.preferred:
            raise InvalidInput(field=f"content.languages.{code}", reason="not_a_corrigendum")
