"""A token for every role in every relation to a proposal of NATO."""

import pytest

from app.accounts import operations as accounts
from app.accounts.tables import Party
from app.db import Database
from tests.api import Tokens
from tests.proposals.matrix.callers import CALLERS, PARTIES, Relation


@pytest.fixture
def caller_tokens(database: Database) -> Tokens:
    """By the name of the caller."""
    observer = PARTIES[Relation.OBSERVER]
    names = {"en": "Sweden", "fr": "Suède", "ru": "Швеция"}
    with database.write() as db:
        db.add(Party(code=observer, consents=False, names=names, side=observer, languages=["en", "fr", "ru"]))
        db.flush()
        return Tokens(
            {
                caller.name: accounts.create_token(
                    db, name=caller.name, roles=frozenset({caller.role}), party=caller.party
                )
                for caller in CALLERS
            }
        )
