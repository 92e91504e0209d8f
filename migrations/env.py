"""Runs the migrations on the connection that `app.migrating` opened."""

from alembic import context
from sqlalchemy import text

from app.tables import metadata

connection = context.config.attributes["connection"]

context.configure(
    connection=connection,
    target_metadata=metadata,
    # SQLite changes a table by rebuilding it; PostgreSQL is not affected.
    render_as_batch=True,
    compare_server_default=True,
    autogenerate_plugins=["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"],
)

with context.begin_transaction():
    context.run_migrations()
    if connection.dialect.name == "sqlite":
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        if orphans:
            raise RuntimeError(f"rows without the rows that they refer to: {orphans[:5]}")
