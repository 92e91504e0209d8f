"""Agreement between parties: silence, certificates, positions, reservations, meetings, comments."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "20261127_agreement"
down_revision = "20261127_accounts"
branch_labels = None
depends_on = None

KINDS = ("new", "amend", "add-language")
STATES = ("draft", "submitted", "returned", "in_review", "adopted", "rejected", "withdrawn")
METHODS = ("meeting", "initial_load")
CHANGES = ("proposed", "revised", "adopted", "withdrawn")
EVENTS = ("revise", "submit", "return", "resubmit", "reject", "accept", "agree", "decline", "withdraw")
NEW_KINDS = (*KINDS, "corrigendum", "supersede", "withdraw")
NEW_STATES = (
    *STATES,
    *("ready", "under_silence", "objected", "tabled", "ad_referendum", "deferred", "lapsed", "diverged"),
)
NEW_METHODS = (*METHODS, "silence", "ad_referendum", "co_chairs", "endorsement")
NEW_CHANGES = (*CHANGES, "superseded", "diverged", "endorsed", "annotated")
NEW_EVENTS = (
    *EVENTS,
    *("certify-en", "certify-fr", "certify-ru", "certify-en-fr", "certify-en-ru", "certify-fr-ru"),
    *("finalise", "reopen-review", "open-silence", "pull", "break", "drop-out", "expire", "open-reconciliation"),
    *("withdraw-objection", "table", "no-consensus", "agree-ad-referendum", "confirm", "refuse", "concur"),
    *("abstain", "object", "reserve", "defer", "diverge", "lapse"),
)
CHECKS = (
    ("proposal", "kind", KINDS, NEW_KINDS),
    ("proposal", "state", STATES, NEW_STATES),
    ("decision", "method", METHODS, NEW_METHODS),
    ("audit_event", "change", CHANGES, NEW_CHANGES),
)
# Columns as both databases read them, with what rows that are there get; None leaves them empty.
COLUMNS: dict[str, dict[str, tuple[str, str | None]]] = {
    "proposal": {
        "successor_id": ("INTEGER CONSTRAINT fk_proposal_successor_id_entry REFERENCES entry (id)", None),
        "reopens": ("VARCHAR(32)", None),
        "step": ("INTEGER NOT NULL", "0"),
        "breaks": ("INTEGER NOT NULL", "0"),
        "met_since_break": ("BOOLEAN NOT NULL", "true"),
        "meeting_id": ("INTEGER CONSTRAINT fk_proposal_meeting_id_meeting REFERENCES meeting (id)", None),
        "deadline": ("{time}", None),
        "remind_at": ("{time}", None),
        "due_at": ("{time}", None),
    },
    "proposal_revision": {"drafted_by": ("JSON", None)},
    "decision": {
        "scope": ("VARCHAR(32) NOT NULL", "'full'"),
        "explicit": ("TEXT NOT NULL", "''"),
        "absent": ("TEXT NOT NULL", "''"),
        "sheet": ("VARCHAR(32)", None),
        "silence": ("VARCHAR(32)", None),
        "meeting": ("VARCHAR(32)", None),
    },
    "entry": {
        "ad_referendum": ("BOOLEAN NOT NULL", "false"),
        "ended_by": ("INTEGER CONSTRAINT fk_entry_ended_by_decision REFERENCES decision (id)", None),
        "end_reason": ("TEXT", None),
        "endorsed_by": ("INTEGER CONSTRAINT fk_entry_endorsed_by_decision REFERENCES decision (id)", None),
    },
    "entry_version": {
        "corrects": ("INTEGER", None),
        "corrigendum": ("INTEGER", None),
        "proposal": ("VARCHAR(32)", None),
    },
}
CONSTRAINTS = {
    "proposal": {
        "ck_proposal_successor_if_superseding": "CHECK ((kind = 'supersede') = (successor_id IS NOT NULL))"
    },
    "decision": {
        "ck_decision_scope": "CHECK (scope IN ('full', 'equivalents_only'))",
        "uq_decision_sheet": "UNIQUE (sheet)",
    },
}
NEW_TABLES = (
    *("comment", "extension", "silence_item", "silence", "position", "discrepancy", "certificate"),
    *("parallel_text", "statement"),
)
# What a party or a lead has once said; that it was voided, withdrawn or closed later is noted beside it.
UNCHANGEABLE = ("comment", "sign_off", "parallel_text")


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        account("meeting"),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sa.UniqueConstraint("number", name="uq_meeting_number"),
    )
    for table in ("proposal", "proposal_revision", "decision", "entry", "entry_version", "audit_event"):
        reshape(table, forward=True)
    op.create_index("ix_proposal_deadline", "proposal", ["deadline"])
    op.create_index("ix_proposal_remind_at", "proposal", ["remind_at"])
    make_sign_off()
    make_statements()
    make_assurance()
    make_positions()
    make_silence()
    make_comments()
    refuse_changes()


def downgrade() -> None:
    allow_changes()
    for table in NEW_TABLES:
        op.drop_table(table)
    op.drop_table("sign_off")
    make_first_sign_off()
    op.drop_index("ix_proposal_deadline", "proposal")
    op.drop_index("ix_proposal_remind_at", "proposal")
    # Nothing that an earlier release does not know may be left.
    op.execute("UPDATE proposal SET kind = 'amend' WHERE kind IN ('corrigendum', 'supersede', 'withdraw')")
    op.execute(
        "UPDATE proposal SET state = 'in_review'"
        " WHERE state IN ('ready', 'under_silence', 'objected', 'tabled', 'ad_referendum', 'deferred')"
    )
    op.execute("UPDATE proposal SET state = 'withdrawn' WHERE state IN ('lapsed', 'diverged')")
    for table in ("proposal", "proposal_revision", "decision", "entry", "entry_version", "audit_event"):
        reshape(table, forward=False)
    op.drop_table("meeting")


def reshape(table: str, *, forward: bool) -> None:
    """Give a table its columns, constraints and lists of codes, or take them away again."""
    if op.get_bind().dialect.name == "postgresql":
        reshape_in_place(table, forward=forward)
    else:
        rebuild(table, forward=forward)


def reshape_in_place(table: str, *, forward: bool) -> None:
    unchangeable = table in ("audit_event", "decision", "entry_version", "proposal_revision")
    if unchangeable:
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for name, (kind, filling) in COLUMNS.get(table, {}).items():
        if not forward:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
            continue
        default = f" DEFAULT {filling}" if filling else ""
        kind = kind.format(time="TIMESTAMP WITH TIME ZONE")
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}{default}")
        if filling:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {name} DROP DEFAULT")
    if forward:
        for name, rule in CONSTRAINTS.get(table, {}).items():
            op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}")
    for checked, column, old, new in CHECKS:
        if checked == table:
            # What is recorded stays, and a list of codes that it breaks cannot come back.
            stays = forward or table in ("decision", "audit_event")
            op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{column}")
            codes = ", ".join(f"'{code}'" for code in (new if stays else old))
            rule = f"CHECK ({column} IN ({codes}))"
            op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{column} {rule}")
    if unchangeable:
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def rebuild(table: str, *, forward: bool) -> None:
    """The same on SQLite, which changes a table by making it anew: what hangs on it is made again from its text."""
    connection = op.get_bind()
    described = connection.execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL"), {"table": table}
    )
    made: dict[str, str] = {row.name: row.sql for row in described}
    kept = [row[1] for row in connection.execute(sa.text(f"PRAGMA table_info({table})"))]
    columns = COLUMNS.get(table, {})
    lines = made.pop(table).splitlines()
    if forward:
        lines = with_columns(table, lines)
        taken = {name: name for name in kept} | {name: filling or "NULL" for name, (_, filling) in columns.items()}
    else:
        lines = without_columns(table, lines)
        taken = {name: name for name in kept if name not in columns}
    text = "\n".join(lines)
    for checked, column, old, new in CHECKS:
        if checked == table and not (not forward and table in ("decision", "audit_event")):
            text = text.replace(
                codes_of(column, old if forward else new), codes_of(column, new if forward else old)
            )
    for name in (name for name, sql in made.items() if sql.startswith("CREATE TRIGGER")):
        op.execute(f"DROP TRIGGER {name}")
    op.execute(
        text.replace(f"CREATE TABLE {table} (", "CREATE TABLE rebuilt (").replace(
            f'CREATE TABLE "{table}" (', "CREATE TABLE rebuilt ("
        )
    )
    names, values = ", ".join(taken), ", ".join(taken.values())
    op.execute(f"INSERT INTO rebuilt ({names}) SELECT {values} FROM {table}")  # noqa: S608
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE rebuilt RENAME TO {table}")
    for sql in made.values():
        op.execute(sql)


def with_columns(table: str, lines: list[str]) -> list[str]:
    """The text of a table with its new columns before its constraints, and its new constraints after them."""
    first = next(place for place, line in enumerate(lines) if line.lstrip().startswith("CONSTRAINT"))
    columns = [f"\t{name} {kind.format(time='DATETIME')}, " for name, (kind, _) in COLUMNS.get(table, {}).items()]
    rules = [f"\tCONSTRAINT {name} {rule}, " for name, rule in CONSTRAINTS.get(table, {}).items()]
    return [*lines[:first], *columns, *rules, *lines[first:]]


def without_columns(table: str, lines: list[str]) -> list[str]:
    names = (*COLUMNS.get(table, {}), *(f"CONSTRAINT {name}" for name in CONSTRAINTS.get(table, {})))
    return [line for line in lines if not line.lstrip().startswith(tuple(f"{name} " for name in names))]


def codes_of(column: str, codes: tuple[str, ...]) -> str:
    return f"({column} IN ({', '.join(repr(code) for code in codes)}))"


def account(table: str, name: str = "account_id", *, nullable: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("account.id", name=f"fk_{table}_{name}_account")
    return sa.Column(name, sa.Integer(), key, nullable=nullable)


def party(table: str, *, nullable: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("party.code", name=f"fk_{table}_party_party")
    return sa.Column("party", sa.String(31), key, nullable=nullable)


def proposal(table: str) -> sa.Column[int]:
    key = sa.ForeignKey("proposal.id", name=f"fk_{table}_proposal_id_proposal")
    return sa.Column("proposal_id", sa.Integer(), key, nullable=False)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def make_sign_off() -> None:
    """Made anew: sign-offs are added only, and belong to a step of their proposal."""
    op.rename_table("sign_off", "earlier_sign_off")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE earlier_sign_off RENAME CONSTRAINT pk_sign_off TO pk_earlier_sign_off")
        op.execute("ALTER SEQUENCE sign_off_id_seq RENAME TO earlier_sign_off_id_seq")
        for key in ("account_id_account", "party_party", "proposal_id_proposal"):
            op.execute(f"ALTER TABLE earlier_sign_off RENAME CONSTRAINT fk_sign_off_{key} TO fk_earlier_{key}")
        op.execute("ALTER TABLE earlier_sign_off RENAME CONSTRAINT ck_sign_off_event TO ck_earlier_event")
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        proposal("sign_off"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        party("sign_off"),
        sa.Column("event", one_of("event", *NEW_EVENTS), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("own_text", sa.Text(), nullable=True),
        account("sign_off"),
        sa.Column("signed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_off"),
    )
    op.create_index("ix_sign_off_proposal_id_step", "sign_off", ["proposal_id", "step"])
    same = "proposal_id, revision, digest, party, event, account_id, signed_at"
    op.execute(
        f"INSERT INTO sign_off ({same}, step, terms) SELECT {same}, 0, '' FROM earlier_sign_off ORDER BY id"  # noqa: S608
    )
    op.drop_table("earlier_sign_off")


def make_first_sign_off() -> None:
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        proposal("sign_off"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        party("sign_off"),
        sa.Column("event", one_of("event", *EVENTS), nullable=False),
        account("sign_off"),
        sa.Column("signed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_off"),
        sa.UniqueConstraint("proposal_id", "revision", "party", name="uq_sign_off_proposal_id_revision_party"),
    )


def make_statements() -> None:
    kinds = ("reservation", "interpretative_statement", "national_usage_note")
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "entry_id", sa.Integer(), sa.ForeignKey("entry.id", name="fk_statement_entry_id_entry"), nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("kind", *kinds), nullable=False),
        party("statement"),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("translations", sa.JSON(), nullable=False),
        sa.Column("alternative", sa.Text(), nullable=True),
        sa.Column(
            "decision_id",
            sa.Integer(),
            sa.ForeignKey("decision.id", name="fk_statement_decision_id_decision"),
            nullable=True,
        ),
        sa.Column(
            "reconfirms",
            sa.Integer(),
            sa.ForeignKey("statement.id", name="fk_statement_reconfirms_statement"),
            nullable=True,
        ),
        account("statement"),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
    )
    op.create_index("ix_statement_entry_id_version", "statement", ["entry_id", "version"])
    op.create_table(
        "parallel_text",
        sa.Column(
            "entry_id",
            sa.Integer(),
            sa.ForeignKey("entry.id", name="fk_parallel_text_entry_id_entry"),
            nullable=False,
        ),
        sa.Column("side", sa.String(31), nullable=False),
        sa.Column(
            "decision_id",
            sa.Integer(),
            sa.ForeignKey("decision.id", name="fk_parallel_text_decision_id_decision"),
            nullable=False,
        ),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "side", "decision_id", name="pk_parallel_text"),
    )


def make_assurance() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        proposal("certificate"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(5), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        party("certificate", nullable=True),
        account("certificate"),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
    )
    op.create_index("ix_certificate_proposal_id", "certificate", ["proposal_id"])
    op.create_table(
        "discrepancy",
        sa.Column("id", sa.Integer(), nullable=False),
        proposal("discrepancy"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("pair", sa.String(5), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("gravity", one_of("gravity", "minor", "substantive"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        party("discrepancy", nullable=True),
        account("discrepancy"),
        sa.Column("found_at", UTCDateTime(), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=True),
        account("discrepancy", "closed_by", nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (resolution IS NULL)", name=op.f("ck_discrepancy_closed_with_resolution")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_discrepancy"),
    )
    op.create_index("ix_discrepancy_proposal_id", "discrepancy", ["proposal_id"])


def make_positions() -> None:
    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        proposal("position"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        party("position"),
        account("position"),
        sa.Column("kind", one_of("kind", "concur", "abstain", "object", "reserve"), nullable=False),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column(
            "objection",
            one_of("objection", "substantive", "linguistic", "concordance", "procedural"),
            nullable=True,
        ),
        sa.Column("alternative", sa.Text(), nullable=True),
        sa.Column("cannot_accept_concept", sa.Boolean(), nullable=False),
        sa.Column("broke_silence", sa.Boolean(), nullable=False),
        sa.Column(
            "statement",
            one_of("statement", "reservation", "interpretative_statement", "national_usage_note"),
            nullable=True,
        ),
        sa.Column("language", sa.String(2), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("translations", sa.JSON(), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_position"),
    )
    op.create_index("ix_position_proposal_id", "position", ["proposal_id"])


def make_silence() -> None:
    periods = ("normal", "large_batch", "recirculation", "corrigendum", "urgent")
    op.create_table(
        "silence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("notice", sa.String(32), nullable=False),
        sa.Column("period", one_of("period", *periods), nullable=False),
        sa.Column("bundle", sa.String(64), nullable=False),
        sa.Column("consensus_set", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("remind_at", UTCDateTime(), nullable=True),
        sa.Column("urgency_refused_by", sa.String(31), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_silence"),
        sa.UniqueConstraint("number", name="uq_silence_number"),
        sa.UniqueConstraint("notice", name="uq_silence_notice"),
    )
    op.create_index("ix_silence_ended_at_expires_at", "silence", ["ended_at", "expires_at"])
    op.create_index("ix_silence_remind_at", "silence", ["remind_at"])
    states = ("pending", "adopted", "objected", "dropped_out", "pulled")
    op.create_table(
        "silence_item",
        silence("silence_item"),
        proposal("silence_item"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", one_of("state", *states), nullable=False),
        sa.Column("because_of", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("silence_id", "proposal_id", name="pk_silence_item"),
    )
    op.create_index("ix_silence_item_proposal_id", "silence_item", ["proposal_id"])
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        silence("extension"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        party("extension"),
        account("extension"),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("granted_by", sa.JSON(), nullable=False),
        sa.Column("granted_at", UTCDateTime(), nullable=True),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_extension"),
        sa.UniqueConstraint("silence_id", "number", name="uq_extension_silence_id_number"),
    )


def silence(table: str) -> sa.Column[int]:
    key = sa.ForeignKey("silence.id", name=f"fk_{table}_silence_id_silence")
    return sa.Column("silence_id", sa.Integer(), key, nullable=False)


def make_comments() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        proposal("comment"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "parent_id",
            sa.Integer(),
            sa.ForeignKey("comment.id", name="fk_comment_parent_id_comment"),
            nullable=True,
        ),
        sa.Column("element", sa.Text(), nullable=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        party("comment", nullable=True),
        account("comment"),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.Column("settles", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_proposal_id_id", "comment", ["proposal_id", "id"])


def refuse_changes() -> None:
    for table in UNCHANGEABLE:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            op.execute(
                f"CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
            )


def allow_changes() -> None:
    for table in UNCHANGEABLE:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER {table}_is_never_changed ON {table}")
            op.execute(f"DROP TRIGGER {table}_is_never_emptied ON {table}")
        else:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_refuses_{verb}")
