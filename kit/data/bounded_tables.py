"""Bounded tables: what later migrations of every service add to the first tables, so that nothing in them grows without end."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import kit.data.db


def bound() -> None:
    """Answers know their size, messages that cannot leave are held up, and what has run out is found by an index."""
    # in the order in which a command takes them, so that the two cannot wait for each other
    op.add_column("answers", sa.Column("size", sa.Integer(), nullable=True))
    op.create_index("ix_answers_answered_at", "answers", ["answered_at"])
    op.create_index("ix_jobs_answered", "jobs", ["ended_at"], **_where("arguments IS NOT NULL"))
    op.add_column("outbox", sa.Column("state", sa.String(), server_default="waiting", nullable=False))
    op.add_column("outbox", sa.Column("due_at", kit.data.db.Instant(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column("outbox", sa.Column("error", sa.String(), nullable=True))
    subject = ["subject_type", "subject_id"]
    op.create_index("ix_outbox_said", "outbox", [*subject, "subject_version"], **_where("sent_at IS NULL"))
    op.create_index("ix_outbox_due", "outbox", ["due_at"], **_where("due_at IS NOT NULL"))
    op.create_index("ix_outbox_parked", "outbox", subject, **_where("state = 'parked'"))


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}
