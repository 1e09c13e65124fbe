"""dates and reminders"""

import sqlalchemy as sa
from alembic import op

from kit.data.db import Instant
from kit.data.timers_table import ring_after_the_roll
from kit.process.indexes import NewIndex, make
from procedures.reminders import migrating

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None
indexes = (
    NewIndex("ix_memberships_invited", "memberships", ("organization_id", "answer_by", "id"), "status = 'invited'"),
    NewIndex("ix_memberships_waiting", "memberships", ("alliance_id", "waits_since", "id"), "waits_since IS NOT NULL"),
)

_WAITING_SINCE = """
    UPDATE memberships SET waits_since = (
        SELECT since FROM membership_steps
        WHERE membership_steps.membership_id = memberships.id AND membership_steps.version = memberships.version
    ) WHERE status IN ('applied', 'in_review')
"""


def upgrade() -> None:
    op.add_column("memberships", sa.Column("waits_since", Instant(timezone=True), nullable=True))
    op.execute(_WAITING_SINCE)
    make(indexes)
    migrating.create_tables()
    ring_after_the_roll("watch_what_waits", "what waits in memberships", for_rows_of="memberships")
