"""the room that papers take up; letters that can still be answered"""

import sqlalchemy as sa
from alembic import op

from kit.data.db import Instant
from kit.process.indexes import NewIndex, make

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None
indexes = (
    NewIndex("ix_invitation_letters_open", "invitation_letters", ("alliance_id", "posted_at", "id"), "address <> ''"),
)


def upgrade() -> None:
    op.create_table(
        "paper_uses",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("counted_at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_paper_uses")),
    )
    make(indexes)
