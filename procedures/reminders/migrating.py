"""Migrating: the table of reminders, as a migration of every service makes it; it never changes."""

import sqlalchemy as sa
from alembic import op

import kit.data.db


def create_tables() -> None:
    """Make the table of what people were reminded of in the database that is being migrated."""
    op.create_table(
        "reminded",
        sa.Column("reminder", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("due_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reminder", "subject_id", "due_at", name="pk_reminded"),
    )
