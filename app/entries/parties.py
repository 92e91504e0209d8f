"""What parties and sides are called in the three languages."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.tables import Party
from app.languages.codes import LANGUAGES, LanguageCode


class Names(dict[str, Mapping[LanguageCode, str]]):
    """The names of parties by code. A side is called after the party of its code, or else by the code itself."""

    def __missing__(self, code: str) -> Mapping[LanguageCode, str]:
        return dict.fromkeys(LANGUAGES, code.upper())

    def name(self, code: str, language: LanguageCode) -> str:
        """The name of a party or side in a language."""
        return self[code][language]


def party_names(db: Session) -> Names:
    """The names of all parties, those that have left included."""
    rows = db.execute(select(col(Party.code), col(Party.names)).order_by(col(Party.code)))
    return Names((row.code, row.names) for row in rows)
