"""The example working group at work on one database, without HTTP."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.actor import Actor
from app.accounts.operations import account_named
from app.entries.content import EntryContent
from app.entries.tables import Entry
from app.profile import Profile, read_profile
from app.proposals import operations
from app.proposals.causing import cause
from app.proposals.dossier import Dossier
from app.proposals.inputs import EventInput, NewProposal, NewRevision
from app.proposals.meetings.operations import call_meeting
from app.proposals.workflow import Event, ProposalKind
from app.settings import Settings
from tests.api import ACCOUNTS
from tests.makers import content

JUSTIFICATION = "Missing from the compendium."
PARTS = ("en", "fr", "ru", "en-fr", "en-ru", "fr-ru")


@dataclass
class Group:
    """Its accounts, and the steps that they take."""

    db: Session
    profile: Profile = field(default_factory=lambda: read_profile(Settings().profile_path))

    def actor(self, name: str, *languages: Any) -> Actor:
        party, roles = ACCOUNTS[name]
        return Actor(account_named(self.db, name, party).id, party, frozenset(roles), frozenset(languages))

    @cached_property
    def meeting(self) -> str:
        """The number of a meeting."""
        called = call_meeting(self.db, self.actor("secretariat"), held_on=date(2026, 12, 10), place="Brussels")
        return called.number

    def propose(
        self, text: EntryContent | None = None, by: str | Actor = "nato-delegate", **fields: Any
    ) -> Dossier:
        asked = {"kind": ProposalKind.NEW, "content": text or content(), "justification": JUSTIFICATION} | fields
        actor = by if isinstance(by, Actor) else self.actor(by)
        return operations.propose(self.db, actor, self.profile, NewProposal.model_validate(asked))

    def amend(self, entry: Entry, text: EntryContent, **fields: Any) -> Dossier:
        asked = {"kind": ProposalKind.AMEND, "entry": f"TMD-{entry.id:04}", "base_version": entry.current_version}
        return self.propose(text, **asked | fields)

    def move(self, dossier: Dossier, event: Event, by: str, reason: str | None = None, **given: Any) -> Dossier:
        return self.decide(dossier, event, by, reason=reason, **given)[0]

    def decide(self, dossier: Dossier, event: Event, by: str, **given: Any) -> tuple[Dossier, str | None]:
        """The proposal after an event, with the number of the decision if it made one."""
        return cause(self.db, self.actor(by), dossier, event, EventInput.model_validate(given))

    def revise(
        self, dossier: Dossier, text: EntryContent, by: str | Actor = "nato-delegate", **fields: Any
    ) -> Dossier:
        actor = by if isinstance(by, Actor) else self.actor(by)
        return operations.revise(self.db, actor, dossier, NewRevision(content=text, **fields))

    def accepted(self, dossier: Dossier) -> Dossier:
        """A draft of NATO, brought under review."""
        return self.move(self.move(dossier, Event.SUBMIT, "nato-delegate"), Event.ACCEPT, "secretariat")

    def certified(self, dossier: Dossier) -> Dossier:
        """With each certificate that it still lacks."""
        for part in PARTS:
            if part not in dossier.facts().certified:
                dossier = self.move(dossier, Event(f"certify-{part}"), "linguist")
        return dossier

    def ready(self, dossier: Dossier) -> Dossier:
        """From review to where it waits for silence or a meeting."""
        return self.move(self.certified(dossier), Event.FINALISE, "secretariat")

    def tabled(self, dossier: Dossier) -> Dossier:
        """From review onto the agenda of a meeting."""
        return self.move(self.ready(dossier), Event.TABLE, "russia-co-chair", meeting=self.meeting)

    def agreed(self, dossier: Dossier) -> Dossier:
        """From review to adoption by a meeting."""
        return self.both(self.tabled(dossier), Event.AGREE)

    def both(self, dossier: Dossier, event: Event, reason: str | None = None) -> Dossier:
        """After both co-chairs have recorded the same."""
        return self.move(self.move(dossier, event, "nato-co-chair", reason), event, "russia-co-chair", reason)

    def count(self, table: type) -> int:
        return self.db.scalar(select(func.count()).select_from(table)) or 0
