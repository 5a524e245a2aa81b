"""Run by Alembic for every command; the caller owns the connection and its transaction."""

from alembic import context

from connector.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite cannot alter a column in place
    render_as_batch=True,
)
context.run_migrations()
