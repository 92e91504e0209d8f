"""Webhooks and the attempts made to deliver to them."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_webhooks"
down_revision = "20261127_agreement"
branch_labels = None
depends_on = None


def upgrade() -> None:
    outcome = sa.Enum(
        "delivered",
        "refused",
        "name_not_found",
        "address_not_allowed",
        "unreachable",
        "timed_out",
        "bad_certificate",
        "unreadable_answer",
        name="outcome",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("party", sa.String(31), nullable=True),
        sa.Column("secret", sa.String(100), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", moment, nullable=True),
        sa.Column("failing_since", moment, nullable=True),
        sa.Column("disabled_at", moment, nullable=True),
        sa.Column("claim", sa.String(32), nullable=True),
        sa.Column("claimed_until", moment, nullable=True),
        sa.Column("removed_at", moment, nullable=True),
        sa.CheckConstraint(
            "(secret IS NULL) = (removed_at IS NOT NULL)", name=op.f("ck_webhook_secret_until_removed")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_webhook_account_id_account")),
        sa.ForeignKeyConstraint(["party"], ["party.code"], name=op.f("fk_webhook_party_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("outcome", outcome, nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name=op.f("fk_webhook_delivery_webhook_id_webhook")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
    )
    op.create_index("ix_webhook_delivery_webhook_id_id", "webhook_delivery", ["webhook_id", "id"])


def downgrade() -> None:
    op.drop_table("webhook_delivery")
    op.drop_table("webhook")
