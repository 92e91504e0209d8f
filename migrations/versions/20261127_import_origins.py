"""What was imported under which name of another collection, so that it is recognised when it comes again."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_import_origins"
down_revision = "20261127_later_acts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_origin",
        sa.Column("party", sa.String(31), nullable=False),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("proposal", sa.String(32), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.CheckConstraint(
            "entry_id IS NOT NULL OR proposal IS NOT NULL", name=op.f("ck_import_origin_leads_somewhere")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_import_origin_entry_id_entry")),
        sa.PrimaryKeyConstraint("party", "collection", "external_id", name=op.f("pk_import_origin")),
    )


def downgrade() -> None:
    op.drop_table("import_origin")
