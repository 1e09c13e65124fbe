"""participants that have consented; those that there are stand"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("participants", sa.Column("status", sa.String(), server_default="accepted", nullable=False))
    op.add_column("participants", sa.Column("answered_at", kit.data.db.Instant(timezone=True), nullable=True))
    op.add_column("participants", sa.Column("reason", sa.String(), server_default="", nullable=False))
