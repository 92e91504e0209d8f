"""Parties with sides and times of membership; accounts with roles, passwords and identities; sessions."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "20261127_accounts"
down_revision = "20261123_look_up"
branch_labels = None
depends_on = None

ROLES = (
    "reader",
    "delegate",
    "representative",
    "language-lead",
    "expert",
    "co-chair",
    "secretariat",
    "auditor",
    "admin",
)
# The name under which the command line acts.
SECRETARIAT = "secretariat"


def upgrade() -> None:
    parties()
    accounts()
    tokens()
    roles()
    sessions()


def downgrade() -> None:
    for table in ("signing_key", "login_throttle", "login_session", "account_role"):
        op.drop_table(table)
    with op.batch_alter_table("api_token") as token:
        for column in ("last_used_at", "read_only", "label"):
            token.drop_column(column)
    with op.batch_alter_table("account") as account:
        account.drop_constraint(op.f("uq_account_oidc_email"), type_="unique")
        account.drop_constraint(op.f("uq_account_oidc_issuer_oidc_subject"), type_="unique")
        account.drop_constraint(op.f("ck_account_subject_has_issuer"), type_="check")
        account.drop_constraint(op.f("ck_account_password_is_hashed"), type_="check")
        for column in (
            "oidc_email",
            "oidc_subject",
            "oidc_issuer",
            "password_hash",
            "disabled_at",
            "languages",
        ):
            account.drop_column(column)
    with op.batch_alter_table("party") as party:
        for column in ("member_until", "member_from", "languages", "side"):
            party.drop_column(column)


def parties() -> None:
    with op.batch_alter_table("party") as party:
        party.add_column(sa.Column("side", sa.String(31), nullable=True))
        party.add_column(sa.Column("languages", sa.JSON(), nullable=True))
        party.add_column(sa.Column("member_from", sa.Date(), nullable=True))
        party.add_column(sa.Column("member_until", sa.Date(), nullable=True))
    # As a profile means it that says nothing of sides and languages. `compendium migrate` adopts the profile next.
    op.execute("""UPDATE party SET side = code, languages = '["en", "fr", "ru"]'""")
    with op.batch_alter_table("party") as party:
        party.alter_column("side", existing_type=sa.String(31), nullable=False)
        party.alter_column("languages", existing_type=sa.JSON(), nullable=False)


def accounts() -> None:
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("languages", sa.JSON(), nullable=True))
        account.add_column(sa.Column("disabled_at", UTCDateTime(), nullable=True))
        account.add_column(sa.Column("password_hash", sa.String(200), nullable=True))
        account.add_column(sa.Column("oidc_issuer", sa.String(500), nullable=True))
        account.add_column(sa.Column("oidc_subject", sa.String(255), nullable=True))
        account.add_column(sa.Column("oidc_email", sa.String(320), nullable=True))
    op.execute("UPDATE account SET languages = '[]'")
    with op.batch_alter_table("account") as account:
        account.alter_column("languages", existing_type=sa.JSON(), nullable=False)
        account.create_check_constraint(op.f("ck_account_password_is_hashed"), "password_hash LIKE '$argon2id$%'")
        account.create_check_constraint(
            op.f("ck_account_subject_has_issuer"), "(oidc_issuer IS NULL) = (oidc_subject IS NULL)"
        )
        account.create_unique_constraint(
            op.f("uq_account_oidc_issuer_oidc_subject"), ["oidc_issuer", "oidc_subject"]
        )
        account.create_unique_constraint(op.f("uq_account_oidc_email"), ["oidc_email"])


def tokens() -> None:
    with op.batch_alter_table("api_token") as token:
        token.add_column(sa.Column("label", sa.String(100), nullable=True))
        token.add_column(sa.Column("read_only", sa.Boolean(), nullable=True))
        token.add_column(sa.Column("last_used_at", UTCDateTime(), nullable=True))
    op.execute("UPDATE api_token SET label = '', read_only = false")
    with op.batch_alter_table("api_token") as token:
        token.alter_column("label", existing_type=sa.String(100), nullable=False)
        token.alter_column("read_only", existing_type=sa.Boolean(), nullable=False)


def roles() -> None:
    """An account has the roles of those of its tokens that were not revoked."""
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", one_of("role", ROLES), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_role_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_account_role")),
    )
    token = sa.table("api_token", sa.column("account_id"), sa.column("roles", sa.JSON), sa.column("revoked_at"))
    account = sa.table("account", sa.column("id"), sa.column("name"))
    held = sa.table("account_role", sa.column("account_id"), sa.column("role"))
    bind = op.get_bind()
    valid = sa.select(token.c.account_id, token.c.roles).where(token.c.revoked_at.is_(None))
    pairs = {(owner, role) for owner, scope in bind.execute(valid) for role in scope}
    office = bind.execute(sa.select(account.c.id).where(account.c.name == SECRETARIAT)).scalars()
    pairs |= {(owner, "secretariat") for owner in office}
    if pairs:
        bind.execute(held.insert(), [{"account_id": owner, "role": role} for owner, role in sorted(pairs)])


def sessions() -> None:
    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("method", one_of("method", ("password", "oidc")), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("length(secret_hash) = 64", name=op.f("ck_login_session_secret_hash_is_sha256")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_login_session_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_login_session_secret_hash")),
    )
    op.create_index(op.f("ix_login_session_account_id"), "login_session", ["account_id"])
    op.create_table(
        "login_throttle",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_at", UTCDateTime(), nullable=False),
        sa.Column("blocked_until", UTCDateTime(), nullable=True),
        sa.CheckConstraint("length(key) = 64", name=op.f("ck_login_throttle_key_is_hmac")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_login_throttle")),
    )
    op.create_index(op.f("ix_login_throttle_last_at"), "login_throttle", ["last_at"])
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_signing_key_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
    )


def one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
