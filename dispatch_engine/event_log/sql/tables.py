"""The tables. What they are after all migrations; a test holds both against each other."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

SCHEMA_REVISION = "0005"
"""The latest migration."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# The head of each board: where two writers meet, and what shows that the last entries were removed.
boards = Table(
    "boards",
    metadata,
    Column("board", Text, primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
)

# Times and events are text, because the hash is over the very bytes that are stored.
entries = Table(
    "entries",
    metadata,
    Column("board", Text, ForeignKey("boards.board"), primary_key=True),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("key", Text),
    Column("request_sha256", Text),
    Column("events", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("board", "key"),
)

# One a version of the state: a later one takes the place of an earlier one.
snapshots = Table(
    "snapshots",
    metadata,
    Column("board", Text, ForeignKey("boards.board"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
)

# Who may use the server; of a secret only the hash.
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("secret_sha256", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("technician", Text),
    Column("name", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text),
    Column("revoked_at", Text),
)

# Who is told of a board. The secret is kept as it is, because messages are signed with it.
webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("board", Text, ForeignKey("boards.board"), nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("event_types", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Text),
    Column("trouble", Text),
    Column("failing_since", Text),
    Column("switched_off_at", Text),
)

# What webhooks were told in vain.
dead_letters = Table(
    "dead_letters",
    metadata,
    Column("webhook", Text, ForeignKey("webhooks.id"), primary_key=True),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    Column("attempts", Integer, nullable=False),
    Column("failed_at", Text, nullable=False),
    Column("trouble", Text, nullable=False),
)

# Scenarios of a board, with what came of the latest run.
scenarios = Table(
    "scenarios",
    metadata,
    Column("board", Text, ForeignKey("boards.board"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("comparison", LargeBinary),
)
