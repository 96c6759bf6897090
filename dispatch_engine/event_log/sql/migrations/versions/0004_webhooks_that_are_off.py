"""Since when a webhook fails, and when it was switched off."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("webhooks", sa.Column("failing_since", sa.Text(), nullable=True))
    op.add_column("webhooks", sa.Column("switched_off_at", sa.Text(), nullable=True))
