"""What look-up reads: keys of terms, stems of texts, what a hit shows. All of it follows from the public texts."""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from app.db import code_column
from app.entries.status import EntryStatus
from app.entries.tables import TERM_ID
from app.kept import Kept, kept_as
from app.languages.fold import KEY_LENGTH
from app.languages.keys import STEM_LENGTH
from app.languages.pieces import PIECE_LENGTH

# Keys compare byte by byte on both databases. The first character of a key says of which kind it is.
KEY = String(1 + KEY_LENGTH).with_variant(String(1 + KEY_LENGTH, collation="C"), "postgresql")
STEM = String(STEM_LENGTH).with_variant(String(STEM_LENGTH, collation="C"), "postgresql")
PIECE = String(PIECE_LENGTH).with_variant(String(PIECE_LENGTH, collation="C"), "postgresql")


class TermKey(SQLModel, table=True):
    """One key under which a term is found (`app/languages/keys.py` says which there are)."""

    __tablename__ = "term_key"
    __table_args__: Any = {"sqlite_with_rowid": False, "info": kept_as(Kept.DERIVED)}

    key: str = Field(sa_column=Column(KEY, primary_key=True))
    rank: int = Field(sa_column=Column(SmallInteger, primary_key=True, autoincrement=False))
    """Status and acceptability: of equal keys, the better comes first."""
    term_id: int = Field(
        sa_column=Column(TERM_ID, ForeignKey("term.id", ondelete="CASCADE"), primary_key=True, index=True)
    )
    language: str = Field(max_length=2)


class Stem(SQLModel, table=True):
    """A stem that occurs, or once occurred, in a public text."""

    __table_args__: Any = (
        UniqueConstraint("text", "language"),
        CheckConstraint("language IN ('en', 'fr', 'ru')", name="language"),
        {"info": kept_as(Kept.DERIVED)},
    )

    id: int | None = Field(default=None, primary_key=True)
    language: str = Field(max_length=2)
    text: str = Field(sa_column=Column(STEM, nullable=False))


class Spelling(SQLModel, table=True):
    """A way in which a word of a term may be recognised, and the stem that it stands for."""

    __table_args__: Any = (UniqueConstraint("text", "stem_id"), {"info": kept_as(Kept.DERIVED)})

    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(sa_column=Column(STEM, nullable=False))
    stem_id: int = Field(foreign_key="stem.id", index=True)


class SpellingPiece(SQLModel, table=True):
    """What is left of a spelling when letters are taken out of it (`app/languages/pieces.py` says which)."""

    __tablename__ = "spelling_piece"
    __table_args__: Any = {"sqlite_with_rowid": False, "info": kept_as(Kept.DERIVED)}

    piece: str = Field(sa_column=Column(PIECE, primary_key=True))
    spelling_id: int = Field(
        sa_column=Column(Integer, ForeignKey("spelling.id", ondelete="CASCADE"), primary_key=True, index=True)
    )


class Posting(SQLModel, table=True):
    """An entry in which a stem occurs, and where."""

    __table_args__: Any = (
        Index("ix_posting_entry_id", "entry_id"),
        {"sqlite_with_rowid": False, "info": kept_as(Kept.DERIVED)},
    )

    stem_id: int = Field(primary_key=True, foreign_key="stem.id")
    element: int = Field(sa_column=Column(SmallInteger, primary_key=True, autoincrement=False))
    """An `Element`; the weightier comes first."""
    entry_id: int = Field(primary_key=True, foreign_key="entry.id")


class EntryCard(SQLModel, table=True):
    """What a hit shows of an entry, as JSON that is ready to be sent."""

    __tablename__ = "entry_card"
    __table_args__: Any = {"info": kept_as(Kept.DERIVED)}

    entry_id: int = Field(primary_key=True, foreign_key="entry.id", sa_column_kwargs={"autoincrement": False})
    status: EntryStatus = Field(sa_type=code_column(EntryStatus, "status"))
    subjects: str = Field(sa_type=Text)
    en: str = Field(sa_type=Text)
    fr: str = Field(sa_type=Text)
    ru: str = Field(sa_type=Text)
    """The terms of each language."""
    warnings: str = Field(sa_type=Text)
    """What a reader has to know whichever term led to the entry."""
    gists: str = Field(sa_type=Text)
    """The beginnings of the definitions, by language."""
    degrees: str = Field(sa_type=Text)
    """The degrees of equivalence, by pair of languages."""


class KeyState(SQLModel, table=True):
    """By which rules the keys were made: one row, or none while there are no entries."""

    __tablename__ = "key_state"
    __table_args__: Any = (CheckConstraint("id = 1", name="one_row"), {"info": kept_as(Kept.DERIVED)})

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: str = Field(sa_type=Text)
    reached: int | None = None
    """While keys are made anew: the last entry that has them."""
