"""What the linter says of a glossary folder, of entries or of proposals, for the command line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from app.accounts.actor import Actor, Role
from app.entries.canonical import content_digest
from app.entries.lint.collection import Collection
from app.entries.lint.reading import Neighbour, Reading, Stage
from app.entries.lint.running import lint
from app.entries.numbers import entry_number
from app.entries.queries import EntryFilter, all_entries, entry_of
from app.entries.status import EntryStatus
from app.exchange.glossary import GlossaryEntry, read_entries
from app.findings.operations import Answer, Remarks, remarks_on_entry
from app.profile import Profile
from app.proposals.dossier import dossier_of

Remarked = tuple[str, Remarks]
"""The number of an entry or proposal, and what is to be said of it."""

_SECRETARIAT = Actor(account_id=0, roles=frozenset({Role.SECRETARIAT}))
"""Whoever can run commands on the database can read in it what the secretariat can."""


def remarks_on_folder(folder: Path) -> Iterator[Remarked]:
    """Every entry of a glossary folder amid all others. Raises BadGlossaryFile."""
    files = list(read_entries(folder))
    around = Collection(Neighbour(file.number, EntryStatus(file.status), file.content) for file in files)
    for file in files:
        yield file.number, _remarks_on_file(file, around)


def remarks_on_stored(db: Session, profile: Profile, refs: Sequence[str]) -> Iterator[Remarked]:
    """Entries and proposals by their numbers; every public entry if none is named. Raises NotFound."""
    for ref in refs:
        if ref.upper().startswith("P("):
            dossier = dossier_of(db, _SECRETARIAT, ref, profile)
            yield dossier.proposal.number, dossier.remarks(Stage.FINAL)
        else:
            entry = entry_of(db, ref)
            yield entry_number(entry.id), remarks_on_entry(db, entry)
    if not refs:
        for entry in all_entries(db, EntryFilter()):
            yield entry_number(entry.id), remarks_on_entry(db, entry)


def _remarks_on_file(file: GlossaryEntry, around: Collection) -> Remarks:
    stage = Stage.FINAL if file.status == "agreed" else Stage.DRAFT
    reading = Reading(file.content, file.number, stage, around.seen_from(file.number))
    answers = {(waiver.check, waiver.element): Answer(waiver.reason) for waiver in file.waivers}
    return Remarks(content_digest(file.content), lint(reading), answers)
