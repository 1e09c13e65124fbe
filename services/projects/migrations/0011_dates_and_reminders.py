"""dates and reminders"""

import sqlalchemy as sa
from alembic import op

from kit.data.db import Instant
from kit.process.indexes import NewIndex, make
from procedures.reminders import migrating

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
indexes = (
    NewIndex("ix_projects_answering", "projects", ("answer_by", "id")),
    NewIndex("ix_milestones_due", "milestones", ("due_on", "id")),
)

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
    make(indexes)
    migrating.create_tables()
