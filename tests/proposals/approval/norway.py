"""A party that joins later: Norway, on the side of NATO."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor, Role
from app.accounts.tables import Account
from app.profile import PartyProfile, Profile, read_profile
from app.settings import Settings


def norwegian(db: Session) -> Actor:
    """The representative of Norway; the account is anybody's, since only the party counts."""
    account = db.scalars(select(col(Account.id)).order_by(col(Account.id))).first()
    return Actor(account_id=account, party="norway", roles=frozenset({Role.REPRESENTATIVE}))


def with_norway(joined: date) -> Profile:
    """The bilateral profile with a party that joins on a day."""
    usual = read_profile(Settings().profile_path)
    names = {"en": "Norway", "fr": "Norvège", "ru": "Норвегия"}
    norway = PartyProfile(code="norway", consents=True, side="nato", name=names, member_from=joined)
    return usual.model_copy(update={"parties": (*usual.parties, norway)})
