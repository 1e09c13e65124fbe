"""grounds of grants"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "grant_grounds",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("grant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("until", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("ended_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_grounds")),
    )
    with op.batch_alter_table("grant_grounds", schema=None) as batch_op:
        batch_op.create_index(
            "uq_grant_grounds_standing",
            ["grant_id", "kind", "ref"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
