"""What comes after a decision: endorsements by a higher body, accessions of later parties; agendas that keep."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "20261127_later_acts"
down_revision = "20261127_row_seals"
branch_labels = None
depends_on = None

# What was once endorsed or stated stays so.
UNCHANGEABLE = ("endorsement", "accession")


def upgrade() -> None:
    op.create_table(
        "endorsement",
        *_keys("endorsement", "decision", "entry"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", "entry_id", name="pk_endorsement"),
    )
    level = sa.Enum("expert", "working_group", "council", name="level", native_enum=False, length=32)
    level.create_constraint = True
    op.create_table(
        "endorsement_sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", level, nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        _party("endorsement_sign_off"),
        *_keys("endorsement_sign_off", "account"),
        sa.Column("signed_at", UTCDateTime(), nullable=False),
        *_keys("endorsement_sign_off", "decision", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_endorsement_sign_off"),
    )
    op.create_index("ix_endorsement_sign_off_decision_id", "endorsement_sign_off", ["decision_id"])
    op.create_table(
        "accession",
        sa.Column("id", sa.Integer(), nullable=False),
        *_keys("accession", "decision"),
        _party("accession"),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_keys("accession", "account"),
        sa.Column("stated_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accession"),
        sa.UniqueConstraint("decision_id", "party", name="uq_accession_decision_id_party"),
    )
    op.create_table(
        "agenda_item",
        *_keys("agenda_item", "meeting", "proposal"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("tabled_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "proposal_id", name="pk_agenda_item"),
    )
    op.create_index("ix_agenda_item_proposal_id", "agenda_item", ["proposal_id"])
    for table in UNCHANGEABLE:
        _refuse_changes(table)


def downgrade() -> None:
    for table in ("agenda_item", "accession", "endorsement_sign_off", "endorsement"):
        op.drop_table(table)


def _keys(table: str, *targets: str, nullable: bool = False) -> list[sa.Column[int]]:
    """A column for the id of each of these tables."""
    return [
        sa.Column(
            f"{target}_id",
            sa.Integer(),
            sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{target}_id_{target}"),
            nullable=nullable,
        )
        for target in targets
    ]


def _party(table: str) -> sa.Column[str]:
    key = sa.ForeignKey("party.code", name=f"fk_{table}_party_party")
    return sa.Column("party", sa.String(31), key, nullable=False)


def _refuse_changes(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name, verbs, each in (("changed", "UPDATE OR DELETE", "ROW"), ("emptied", "TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_is_never_{name} BEFORE {verbs} ON {table}"
                f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
        )
