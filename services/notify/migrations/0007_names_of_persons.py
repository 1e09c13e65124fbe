"""names of persons, what is gathered of one, and e-mails of invitations"""

import sqlalchemy as sa
from alembic import op

import kit.data.db
from procedures.person_exports import migrating

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_persons",
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("merged_into", sa.Uuid(as_uuid=False), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_known_persons")),
    )
    op.create_index("ix_known_persons_account", "known_persons", ["account"])
    migrating.create_tables()
    _invitation_mails()


def _invitation_mails() -> None:
    op.create_table(
        "invitation_mails",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scope", kit.data.db.Json(), nullable=True),
        sa.Column("invited_by", sa.String(), nullable=False),
        sa.Column("expires_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("sent_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("traceparent", sa.String(), nullable=True),
        sa.Column("due_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_mails")),
    )
    for name, column, condition in (
        ("ix_invitation_mails_waiting", "due_at", "state = 'waiting'"),
        ("ix_invitation_mails_over", "id", "state <> 'waiting' AND address <> ''"),
    ):
        where = sa.text(condition)
        op.create_index(name, "invitation_mails", [column], postgresql_where=where, sqlite_where=where)
