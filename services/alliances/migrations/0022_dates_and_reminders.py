"""dates and reminders"""

import sqlalchemy as sa
from alembic import op

from procedures.reminders import migrating

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_memberships_invited",
        "memberships",
        ["answer_by", "id"],
        postgresql_where=sa.text("status = 'invited'"),
        sqlite_where=sa.text("status = 'invited'"),
    )
    migrating.create_tables()
