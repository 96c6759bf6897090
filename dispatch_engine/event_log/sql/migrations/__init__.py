"""The history of the tables, run by Alembic; `versions/` has one module a revision."""
