"""A working group at work: its parties, its accounts, the texts that it disputes."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor, Role
from app.accounts.operations import account_named, adopt_profile
from app.entries.content import EntryContent
from app.errors import DomainError
from app.profile import PartyProfile, Profile, read_profile
from app.proposals.dossier import Dossier, assembled
from app.proposals.tables import Proposal
from app.settings import Settings
from tests.clocks import FakeClock
from tests.databases import RolledBack
from tests.makers import body, make_subject_field, section

Result = TypeVar("Result")

START = datetime(2026, 11, 30, 9, tzinfo=UTC)
JOINS = date(2027, 1, 15)
NEWCOMER = PartyProfile(
    code="norway",
    consents=True,
    side="nato",
    languages=frozenset(),
    member_from=JOINS,
    name={"en": "Norway", "fr": "Norvège", "ru": "Норвегия"},
)
OBSERVER = PartyProfile(
    code="sweden", consents=False, name={"en": "Sweden", "fr": "Suède", "ru": "Швеция"}, languages=frozenset()
)

ACCOUNTS: dict[str, tuple[str | None, Role]] = {
    **{
        f"{party}-{role}": (party, role)
        for party in ("nato", "russia", "norway", "sweden")
        for role in (Role.DELEGATE, Role.REPRESENTATIVE, Role.CO_CHAIR)
    },
    "linguist": (None, Role.LANGUAGE_LEAD),
    "secretariat": (None, Role.SECRETARIAT),
}

CONCEPTS = (
    {"en": "decoy", "fr": "leurre", "ru": "ложная цель"},
    {"en": "trap", "fr": "piège", "ru": "ловушка"},
    {"en": "interceptor", "fr": "intercepteur", "ru": "перехватчик"},
    {"en": "sensor", "fr": "capteur", "ru": "датчик"},
    {"en": "launcher", "fr": "lanceur", "ru": "установка"},
    {"en": "battery", "fr": "peloton", "ru": "батарея"},
)
DEPENDANT = 1
"""The concept whose English definition uses the term of the first."""
DEFINITIONS = {
    "en": ("object released to be taken for a warhead", "object released so as to be taken for a warhead"),
    "fr": ("objet largué pour être pris pour une ogive", "objet largué afin d'être pris pour une ogive"),
    "ru": ("объект, отделяемый для имитации боевого блока", "объект, отделяемый с целью имитации боевого блока"),
}

Wording = tuple[int, int, int]
"""Which definition each language has."""


def text(concept: int, wording: Wording) -> EntryContent:
    """The text of a concept in one of its wordings."""
    made = body(**CONCEPTS[concept])
    for (language, term), place in zip(CONCEPTS[concept].items(), wording, strict=True):
        made["languages"][language] = section(language, term, definition=DEFINITIONS[language][place])
    if concept == DEPENDANT:
        made["languages"]["en"]["definition"]["text"] = ("decoy that draws fire", "decoy that attracts fire")[
            wording[0]
        ]
    return EntryContent.model_validate(made)


class Group:
    """The group in a database whose changes are undone in the end."""

    def __init__(self, connection: Connection) -> None:
        self._undone = connection.begin()
        self.clock = FakeClock()
        self.clock.set_to(START)
        self.database = RolledBack(connection, self.clock)
        shipped = read_profile(Settings().profile_path)
        self.profile: Profile = shipped.model_copy(update={"parties": (*shipped.parties, NEWCOMER, OBSERVER)})
        with self.database.write() as db:
            adopt_profile(db, self.profile)
            make_subject_field(db)
            self._accounts = {
                name: Actor(account_named(db, name, party).id, party, frozenset({role}))
                for name, (party, role) in ACCOUNTS.items()
            }

    def close(self) -> None:
        self._undone.rollback()

    def actor(self, name: str) -> Actor:
        return self._accounts[name]

    def proposals(self) -> Sequence[Proposal]:
        with self.database.read() as db:
            return db.scalars(select(Proposal).order_by(col(Proposal.id))).all()

    def attempt(self, work: Callable[[Session], Result]) -> Result | DomainError:
        """What comes of some work: all of it is kept, or nothing if it is refused."""
        try:
            with self.database.write() as db:
                return work(db)
        except DomainError as refused:
            return refused

    def on(self, number: str, work: Callable[[Session, Dossier], Result]) -> Result | DomainError:
        """The same, on one proposal as it stands."""

        def found(db: Session) -> Result:
            proposal = db.scalars(select(Proposal).where(col(Proposal.number) == number)).one()
            return work(db, assembled(db, proposal, self.profile))

        return self.attempt(found)
