"""First tables: those of the kit as every service's first migration makes them; they never change, a later one follows."""

import sqlalchemy as sa
from alembic import op

import kit.data.db


def create() -> None:
    """Make grants, answers, outbox, inbox and due in the database that is being migrated."""
    op.create_table(
        "answers",
        sa.Column("viewer", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("answered_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("payload", kit.data.db.Json(), nullable=True),
        sa.PrimaryKeyConstraint("viewer", "key", name="pk_answers"),
    )
    op.create_table(
        "due",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_due"),
    )
    with op.batch_alter_table("due", schema=None) as batch_op:
        batch_op.create_index(
            "ix_due_waiting",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("state = 'waiting'"),
            sqlite_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index("uq_due_deed", ["deed", "subject_id"], unique=True)
    op.create_table(
        "grants",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scope_type", sa.String(), nullable=False),
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("granted_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("revoked_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
    )
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.create_index("ix_grants_person", ["person", "role"], unique=False)
        batch_op.create_index("ix_grants_scope", ["scope_type", "scope_id", "role"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("message_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("received_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("time", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("data", kit.data.db.Json(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("message_id", "handler", name="pk_inbox"),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_parked",
            ["handler"],
            unique=False,
            postgresql_where=sa.text("state = 'parked'"),
            sqlite_where=sa.text("state = 'parked'"),
        )
        batch_op.create_index(
            "ix_inbox_waiting",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("state = 'waiting'"),
            sqlite_where=sa.text("state = 'waiting'"),
        )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("subject_version", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("time", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("data", kit.data.db.Json(), nullable=False),
        sa.Column("claimed_until", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("sent_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_unsent",
            ["id"],
            unique=False,
            postgresql_where=sa.text("sent_at IS NULL"),
            sqlite_where=sa.text("sent_at IS NULL"),
        )
        batch_op.create_index("uq_outbox_subject", ["subject_type", "subject_id", "subject_version"], unique=True)
