"""Scenarios that are kept with boards."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "scenarios",
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("comparison", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["board"], ["boards.board"], name="fk_scenarios_board"),
        sa.PrimaryKeyConstraint("board", "id", name="pk_scenarios"),
    )
