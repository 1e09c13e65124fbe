"""dates and reminders"""

import sqlalchemy as sa
from alembic import op

from kit.data.db import Instant
from procedures.reminders import migrating

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ASKED_UNTIL = """
    UPDATE projects SET answer_by = (
        SELECT due.due_at FROM due
        WHERE due.deed = 'lapse_invitations'
        AND replace(due.subject_id, '-', '') = replace(CAST(projects.id AS VARCHAR), '-', '')
    )
"""  # SQLite keeps ids without their dashes


def upgrade() -> None:
    op.add_column("projects", sa.Column("answer_by", Instant(timezone=True), nullable=True))
    op.execute(_ASKED_UNTIL)
    op.create_index("ix_projects_answering", "projects", ["answer_by", "id"])
    op.create_index("ix_milestones_due", "milestones", ["due_on", "id"])
    migrating.create_tables()
