"""Entries, their adopted versions, the decisions that adopted them, and the terms derived from them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from app.db import code_column
from app.entries.content import Acceptability, RelationType, TermType
from app.entries.status import EntryStatus
from app.kept import Kept, kept_as
from app.languages.fold import KEY_LENGTH
from app.profile import ApprovalLevel

# Keys compare byte by byte on both databases: SQLite does so by default, PostgreSQL is told to.
KEY = String(KEY_LENGTH).with_variant(String(KEY_LENGTH, collation="C"), "postgresql")

# SQLite gives the number of a row its own short form, and only under the name INTEGER.
TERM_ID = BigInteger().with_variant(Integer, "sqlite")
TERMS_PER_ENTRY = 256
"""The id of a term is that of its entry times this, and its place among the terms of the entry."""


class DecisionMethod(StrEnum):
    MEETING = "meeting"
    SILENCE = "silence"
    AD_REFERENDUM = "ad_referendum"
    CO_CHAIRS = "co_chairs"  # recorded by the co-chairs outside a meeting
    ENDORSEMENT = "endorsement"  # a higher body approved what was adopted already
    INITIAL_LOAD = "initial_load"


class Scope(StrEnum):
    """What of a text is agreed."""

    FULL = "full"
    EQUIVALENTS_ONLY = "equivalents_only"  # that the terms stand for the same thing, not the definitions


class NumberSeries(SQLModel, table=True):
    """The last number given out in a series; numbers are never used again."""

    __tablename__ = "number_series"

    series: str = Field(primary_key=True, max_length=16)
    year: int = Field(primary_key=True)
    last: int


class SubjectField(SQLModel, table=True):
    __tablename__ = "subject_field"

    code: str = Field(primary_key=True, max_length=63)
    position: int
    label_en: str = Field(sa_type=Text)
    label_fr: str = Field(sa_type=Text)
    label_ru: str = Field(sa_type=Text)
    scope_en: str = Field(sa_type=Text)
    scope_fr: str = Field(sa_type=Text)
    scope_ru: str = Field(sa_type=Text)


class Decision(SQLModel, table=True):
    """The recorded act by which a text became a version, or an entry ended. Triggers refuse to change it."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=32, unique=True)
    made_at: datetime
    method: DecisionMethod = Field(sa_type=code_column(DecisionMethod, "method"))
    level: ApprovalLevel = Field(sa_type=code_column(ApprovalLevel, "level"))
    parties: str = Field(sa_type=Text)
    """The codes of the parties whose consent it records, separated by spaces."""
    scope: Scope = Field(default=Scope.FULL, sa_type=code_column(Scope, "scope"))
    explicit: str = Field(default="", sa_type=Text)
    """Those of them that said so, separated by spaces; the others consented tacitly."""
    absent: str = Field(default="", sa_type=Text)
    """Those of them that were not at the meeting, separated by spaces."""
    sheet: str | None = Field(default=None, max_length=32, unique=True)
    """The number of its decision sheet, `DS(2026)0031`."""
    silence: str | None = Field(default=None, max_length=32)
    """The number of the silence procedure."""
    meeting: str | None = Field(default=None, max_length=32)
    """The number of the meeting."""
    note: str | None = Field(default=None, sa_type=Text)


class Entry(SQLModel, table=True):
    """One concept. Its status and public text are derived, and rewritten with every adoption."""

    __table_args__: Any = (
        CheckConstraint("id > 0", name="id_is_positive"),
        CheckConstraint(
            "(status = 'agreed') = (current_version IS NOT NULL AND NOT withdrawn AND superseded_by IS NULL"
            " AND NOT diverged)",
            name="status_follows_facts",
        ),
        CheckConstraint("(content IS NULL) = (digest IS NULL)", name="content_has_digest"),
        CheckConstraint("content IS NOT NULL OR status = 'withdrawn'", name="content_unless_withdrawn"),
        Index("ix_entry_status_id", "status", "id"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    status: EntryStatus = Field(sa_type=code_column(EntryStatus, "status"))
    current_version: int | None = None
    proposal: str | None = Field(default=None, max_length=32)
    """The number of the proposal whose revision is shown while the entry is proposed."""
    under_review: bool = False
    superseded_by: int | None = Field(default=None, foreign_key="entry.id")
    withdrawn: bool = False
    diverged: bool = False
    ad_referendum: bool = False
    """Its first text waits to be confirmed by the parties, or its text to be approved by a higher body."""
    endorsed_by: int | None = Field(default=None, foreign_key="decision.id")
    """The last decision that raised the approval level of the current version."""
    ended_by: int | None = Field(default=None, foreign_key="decision.id")
    """The decision by which it was superseded or withdrawn."""
    end_reason: str | None = Field(default=None, sa_type=Text)
    content: str | None = Field(default=None, sa_type=Text)
    """The public text, in canonical form: of the current version, or of the revision under review."""
    digest: str | None = Field(default=None, max_length=64)
    created_at: datetime
    updated_at: datetime
    """When the public text or the status last changed."""


class EntryVersion(SQLModel, table=True):
    """An adopted text. Triggers in the database refuse to change or delete it."""

    __tablename__ = "entry_version"
    __table_args__: Any = (CheckConstraint("number > 0", name="number_is_positive"),)

    entry_id: int = Field(primary_key=True, foreign_key="entry.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content: str = Field(sa_type=Text)
    digest: str = Field(max_length=64)
    adopted_at: datetime
    decision_id: int = Field(foreign_key="decision.id", index=True)
    corrects: int | None = None
    """The version of which this one is a corrigendum; it counts from the day of that one."""
    corrigendum: int | None = None
    """1 for the first corrigendum of that version."""
    proposal: str | None = Field(default=None, max_length=32)
    """The number of the proposal that brought it."""


class EntrySubject(SQLModel, table=True):
    """Derived: the subject fields of the public text."""

    __tablename__ = "entry_subject"
    __table_args__: Any = {"info": kept_as(Kept.DERIVED)}

    entry_id: int = Field(primary_key=True, foreign_key="entry.id")
    code: str = Field(primary_key=True, foreign_key="subject_field.code", max_length=63, index=True)


class EntryRelation(SQLModel, table=True):
    """Derived: the relations of the public text, so that they can be followed from the target too."""

    __tablename__ = "entry_relation"
    __table_args__: Any = {"info": kept_as(Kept.DERIVED)}

    entry_id: int = Field(primary_key=True, foreign_key="entry.id")
    type: RelationType = Field(sa_column=Column(code_column(RelationType, "type"), primary_key=True))
    # No foreign key: entries of a folder may name one another in any order.
    target_id: int = Field(primary_key=True, index=True)


class EntryTerm(SQLModel, table=True):
    """Derived: a term of the public text, with its look-up and sort keys."""

    __tablename__ = "term"
    __table_args__: Any = (
        UniqueConstraint("entry_id", "language", "position"),
        Index("ix_term_language_folded", "language", "folded"),
        Index("ix_term_language_sort_key_id", "language", "sort_key", "id"),
        Index("ix_term_language_letter", "language", "letter"),
        CheckConstraint("language IN ('en', 'fr', 'ru')", name="language"),
        {"info": kept_as(Kept.DERIVED)},
    )

    id: int = Field(sa_column=Column(TERM_ID, primary_key=True, autoincrement=False))
    entry_id: int = Field(foreign_key="entry.id")
    language: str = Field(max_length=2)
    position: int
    text: str = Field(sa_type=Text)
    type: TermType = Field(sa_type=code_column(TermType, "type"))
    acceptability: Acceptability = Field(sa_type=code_column(Acceptability, "acceptability"))
    full_form: str | None = Field(default=None, sa_type=Text)
    """What the term abbreviates."""
    stems: str = Field(sa_type=Text)
    """Of its words that carry meaning; stems that other forms of a word have stand behind a bar."""
    folded: str = Field(sa_type=KEY)
    sort_key: bytes = Field(sa_type=LargeBinary)
    letter: str = Field(max_length=4)
