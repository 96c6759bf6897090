"""The log in a database, by SQLAlchemy Core: SQLite in a file, or PostgreSQL.

`log.py` has the statements, `database.py` what a kind of database must offer, `sqlite.py` and `postgresql.py` the two
that do. Tables change only by the revisions in `migrations/`.
"""
