"""What Alembic runs: the migrations, on the connection that ``tuicrm.migrations.upgrade`` hands over."""

from __future__ import annotations

from alembic import context

from tuicrm.storage import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
)
context.run_migrations()
