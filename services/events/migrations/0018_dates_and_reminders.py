"""dates and reminders"""

import sqlalchemy as sa
from alembic import op

from procedures.reminders import migrating

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_editions_closing",
        "editions",
        ["closes_at", "id"],
        postgresql_where=sa.text("published_at IS NOT NULL"),
        sqlite_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_index("ix_phases_closing", "phases", ["closes_at", "id"])
    op.create_index(
        "ix_entries_offered",
        "entries",
        ["offered_until", "id"],
        postgresql_where=sa.text("status = 'offered'"),
        sqlite_where=sa.text("status = 'offered'"),
    )
    op.create_index(
        "ix_results_objecting",
        "results",
        ["objections_until", "id"],
        postgresql_where=sa.text("objections_until IS NOT NULL"),
        sqlite_where=sa.text("objections_until IS NOT NULL"),
    )
    migrating.create_tables()
