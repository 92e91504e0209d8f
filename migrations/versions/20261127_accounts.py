"""Parties with sides and times of membership."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_accounts"
down_revision = "20261123_look_up"
branch_labels = None
depends_on = None


def upgrade() -> None:
    parties()


def downgrade() -> None:
    with op.batch_alter_table("party") as table:
        for column in ("member_until", "member_from", "languages", "side"):
            table.drop_column(column)


def parties() -> None:
    with op.batch_alter_table("party") as table:
        table.add_column(sa.Column("side", sa.String(31), nullable=True))
        table.add_column(sa.Column("languages", sa.JSON(), nullable=True))
        table.add_column(sa.Column("member_from", sa.Date(), nullable=True))
        table.add_column(sa.Column("member_until", sa.Date(), nullable=True))
    # As a profile means it that says nothing of sides and languages. `compendium migrate` adopts the profile next.
    op.execute("""UPDATE party SET side = code, languages = '["en", "fr", "ru"]'""")
    with op.batch_alter_table("party") as table:
        table.alter_column("side", existing_type=sa.String(31), nullable=False)
        table.alter_column("languages", existing_type=sa.JSON(), nullable=False)
