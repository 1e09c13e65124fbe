"""ended sessions"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ended_sessions",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("ended_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ended_sessions")),
    )
    with op.batch_alter_table("ended_sessions", schema=None) as batch_op:
        batch_op.create_index("ix_ended_sessions_moment", ["ended_at", "id"], unique=False)
        batch_op.create_index("uq_ended_sessions_person", ["person"], unique=True)
