"""projects that are corrected and closed; those that there are stand open"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("projects", sa.Column("description", sa.String(), server_default="", nullable=False))
    op.add_column("projects", sa.Column("starts_on", sa.Date(), nullable=True))
    op.add_column("projects", sa.Column("ends_on", sa.Date(), nullable=True))
    op.add_column("projects", sa.Column("status", sa.String(), server_default="open", nullable=False))
    op.add_column("projects", sa.Column("closed_at", kit.data.db.Instant(timezone=True), nullable=True))
    op.add_column("projects", sa.Column("closed_because", sa.String(), server_default="", nullable=False))
