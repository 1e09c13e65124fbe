"""Jobs table: long work as rows, as one migration of every service makes it; it never changes, a later one follows."""

import sqlalchemy as sa
from alembic import op

import kit.data.db


def create() -> None:
    """Make the table of jobs in the database that is being migrated."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("arguments", kit.data.db.Json(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("traceparent", sa.String(), nullable=True),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("claim", sa.String(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("saved", kit.data.db.Json(), nullable=True),
        sa.Column("outcome", kit.data.db.Json(), nullable=True),
        sa.Column("problems", kit.data.db.Json(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    waiting = {"postgresql_where": sa.text("state = 'waiting'"), "sqlite_where": sa.text("state = 'waiting'")}
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index("ix_jobs_waiting", ["due_at"], unique=False, **waiting)
        batch_op.create_index("uq_jobs_asked", ["name", "asked_by", "digest"], unique=True, **waiting)
        batch_op.create_index("ix_jobs_ended", ["ended_at"], unique=False)
