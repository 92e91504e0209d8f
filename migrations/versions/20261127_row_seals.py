"""Seals: what each transaction left in each row, chained. `migrate` then seals the rows that are there."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_row_seals"
down_revision = "20261127_webhooks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "row_seal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("table_name", sa.String(63), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.Column("event_seq", sa.Integer(), nullable=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["event_seq"], ["audit_event.seq"], name=op.f("fk_row_seal_event_seq_audit_event")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_row_seal")),
        sa.UniqueConstraint("hash", name=op.f("uq_row_seal_hash")),
    )
    op.create_index("ix_row_seal_table_name_key_seq", "row_seal", ["table_name", "key", "seq"])
    _refuse_changes()


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER row_seal_refuses_{verb}")
    op.drop_table("row_seal")


def _refuse_changes() -> None:
    """A seal is never changed or deleted, by whatever program."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER row_seal_is_never_changed BEFORE UPDATE OR DELETE ON row_seal"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            "CREATE TRIGGER row_seal_is_never_emptied BEFORE TRUNCATE ON row_seal"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER row_seal_refuses_{verb.lower()} BEFORE {verb} ON row_seal"
            " BEGIN SELECT RAISE(ABORT, 'row_seal is never changed'); END"
        )
