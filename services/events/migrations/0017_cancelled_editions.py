"""cancelled editions, and how editions present themselves"""

import sqlalchemy as sa
from alembic import op

from kit.data.db import Instant, Json

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("editions", sa.Column("cancelled_at", Instant(timezone=True), nullable=True))
    op.add_column("editions", sa.Column("cancel_reason", sa.String(), nullable=True))
    op.add_column("editions", sa.Column("reinstatable_until", Instant(timezone=True), nullable=True))
    op.add_column("editions", sa.Column("stood_as", sa.String(), nullable=True))
    op.add_column("entries", sa.Column("stood_as", sa.String(), nullable=True))
    op.create_table(
        "presentations",
        sa.Column("edition_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("introduction_zh", sa.String(), nullable=True),
        sa.Column("introduction_en", sa.String(), nullable=True),
        sa.Column("contact", Json(), nullable=True),
        sa.Column("venue", Json(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"]),
        sa.PrimaryKeyConstraint("edition_id", "number"),
    )
    op.add_column("tracks", sa.Column("entry_fields", Json(), nullable=False, server_default=sa.text("'[]'")))
    op.create_table(
        "entry_answers",
        sa.Column("entry_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"]),
        sa.PrimaryKeyConstraint("entry_id", "key"),
    )
