"""Whether a text may be proposed: what it amends, what it names, whose languages it touches."""

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
from app.proposals.schemas import NewProposal
from app.proposals.workflow import ProposalKind


def entry_to_amend(db: Session, body: NewProposal) -> Entry | None:
    """The entry that a proposal amends; None for a new one.

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
