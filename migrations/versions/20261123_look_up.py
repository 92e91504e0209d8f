"""Look-up: terms get more keys; stems of texts, and what a hit shows, are stored. `migrate` then makes them."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_look_up"
down_revision = "20261123_findings"
branch_labels = None
depends_on = None

TYPES = ("full_form", "short_form", "abbreviation", "acronym", "initialism", "symbol", "variant", "phrase")
ACCEPTABILITIES = ("preferred", "admitted", "deprecated", "superseded")
STATUSES = ("proposed", "agreed", "superseded", "withdrawn", "diverged")


def upgrade() -> None:
    # The rows are derived, and made anew under other ids.
    op.drop_table("term")
    op.create_table(
        "term",
        sa.Column("id", big(), autoincrement=False, nullable=False),
        *term_columns(),
        sa.Column("full_form", sa.Text(), nullable=True),
        sa.Column("stems", sa.Text(), nullable=False),
        *term_constraints(),
    )
    index_terms()
    op.create_table(
        "term_key",
        sa.Column("key", compared(501), nullable=False),
        sa.Column("rank", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("term_id", big(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.ForeignKeyConstraint(
            ["term_id"], ["term.id"], name=op.f("fk_term_key_term_id_term"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "rank", "term_id", name=op.f("pk_term_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_term_key_term_id"), "term_key", ["term_id"])
    create_stems()
    op.create_table(
        "entry_card",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", one_of("status", STATUSES), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("subjects", "en", "fr", "ru", "warnings", "gists", "degrees")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_card_entry_id_entry")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entry_card")),
    )
    op.create_table(
        "key_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_key_state_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_state")),
    )
    # What entries there are have no keys yet. A database without entries has none that are missing.
    op.execute("INSERT INTO key_state (id, version) SELECT 1, '' FROM entry LIMIT 1")


def create_stems() -> None:
    op.create_table(
        "stem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", compared(100), nullable=False),
        sa.CheckConstraint("language IN ('en', 'fr', 'ru')", name=op.f("ck_stem_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stem")),
        sa.UniqueConstraint("text", "language", name=op.f("uq_stem_text_language")),
    )
    op.create_table(
        "spelling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", compared(100), nullable=False),
        sa.Column("stem_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stem_id"], ["stem.id"], name=op.f("fk_spelling_stem_id_stem")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spelling")),
        sa.UniqueConstraint("text", "stem_id", name=op.f("uq_spelling_text_stem_id")),
    )
    op.create_index(op.f("ix_spelling_stem_id"), "spelling", ["stem_id"])
    op.create_table(
        "spelling_piece",
        sa.Column("piece", compared(101), nullable=False),
        sa.Column("spelling_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["spelling_id"],
            ["spelling.id"],
            name=op.f("fk_spelling_piece_spelling_id_spelling"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("piece", "spelling_id", name=op.f("pk_spelling_piece")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_spelling_piece_spelling_id"), "spelling_piece", ["spelling_id"])
    op.create_table(
        "posting",
        sa.Column("stem_id", sa.Integer(), nullable=False),
        sa.Column("element", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_posting_entry_id_entry")),
        sa.ForeignKeyConstraint(["stem_id"], ["stem.id"], name=op.f("fk_posting_stem_id_stem")),
        sa.PrimaryKeyConstraint("stem_id", "element", "entry_id", name=op.f("pk_posting")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_posting_entry_id", "posting", ["entry_id"])


def downgrade() -> None:
    for table in ("key_state", "entry_card", "posting", "spelling_piece", "spelling", "stem", "term_key"):
        op.drop_table(table)
    op.execute("CREATE TABLE kept AS SELECT * FROM term")
    op.drop_table("term")
    op.create_table("term", sa.Column("id", sa.Integer(), nullable=False), *term_columns(), *term_constraints())
    index_terms()
    columns = "entry_id, language, position, text, type, acceptability, folded, sort_key, letter"
    op.execute(f"INSERT INTO term ({columns}) SELECT {columns} FROM kept ORDER BY kept.id")  # noqa: S608
    op.drop_table("kept")


def big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def compared(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def term_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("type", one_of("type", TYPES), nullable=False),
        sa.Column("acceptability", one_of("acceptability", ACCEPTABILITIES), nullable=False),
        sa.Column("folded", compared(500), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(), nullable=False),
        sa.Column("letter", sa.String(4), nullable=False),
    ]


def term_constraints() -> list[sa.Constraint]:
    return [
        sa.CheckConstraint("language IN ('en', 'fr', 'ru')", name=op.f("ck_term_language")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_term_entry_id_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("entry_id", "language", "position", name=op.f("uq_term_entry_id_language_position")),
    ]


def index_terms() -> None:
    op.create_index("ix_term_language_folded", "term", ["language", "folded"])
    op.create_index("ix_term_language_letter", "term", ["language", "letter"])
    op.create_index("ix_term_language_sort_key_id", "term", ["language", "sort_key", "id"])
