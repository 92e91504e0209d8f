"""Findings: answers to warnings, relations that can be followed backwards, terms that were refused."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_findings"
down_revision = "20261122_first_schema"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.String(500).with_variant(sa.String(500, collation="C"), "postgresql")
    relation = sa.Enum(
        "generic",
        "partitive",
        "associative",
        "see_also",
        "contrast",
        name="type",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("check_id", sa.String(63), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("party", sa.String(31), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_waiver_account_id_account")),
        sa.ForeignKeyConstraint(["party"], ["party.code"], name=op.f("fk_waiver_party_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
    )
    op.create_index("ix_waiver_digest", "waiver", ["digest"])
    op.create_table(
        "entry_relation",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("type", relation, nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_relation_entry_id_entry")),
        sa.PrimaryKeyConstraint("entry_id", "type", "target_id", name=op.f("pk_entry_relation")),
    )
    op.create_index(op.f("ix_entry_relation_target_id"), "entry_relation", ["target_id"])
    op.create_table(
        "refused_term",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("folded", key, nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_refused_term_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "language", "folded", name=op.f("pk_refused_term")),
    )
    op.create_index("ix_refused_term_language_folded", "refused_term", ["language", "folded"])
    _refuse_changes()


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER waiver_refuses_{verb}")
    for table in ("refused_term", "entry_relation", "waiver"):
        op.drop_table(table)


def _refuse_changes() -> None:
    """A waiver is signed: it is never changed or deleted, by whatever program."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER waiver_is_never_changed BEFORE UPDATE OR DELETE ON waiver"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            "CREATE TRIGGER waiver_is_never_emptied BEFORE TRUNCATE ON waiver"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER waiver_refuses_{verb.lower()} BEFORE {verb} ON waiver"
            " BEGIN SELECT RAISE(ABORT, 'waiver is never changed'); END"
        )
