"""changes of the hub office"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_changes",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("signed_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("withdrawn_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("signed_by <> proposed_by", name=op.f("ck_office_changes_two_people_sign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_changes")),
    )
    with op.batch_alter_table("office_changes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_office_changes_waiting",
            ["id"],
            unique=False,
            postgresql_where=sa.text("signed_by IS NULL AND withdrawn_at IS NULL"),
            sqlite_where=sa.text("signed_by IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.create_index(
            "uq_office_changes_waiting",
            ["person"],
            unique=True,
            postgresql_where=sa.text("signed_by IS NULL AND withdrawn_at IS NULL"),
            sqlite_where=sa.text("signed_by IS NULL AND withdrawn_at IS NULL"),
        )
