"""Runs revisions on the connection that is handed over, inside its transaction. Alembic loads this module."""

from alembic import context

from dispatch_engine.event_log.sql.tables import metadata

# One transaction for all: the databases undo changes of tables too, so that a failed upgrade leaves nothing behind.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
