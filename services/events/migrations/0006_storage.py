"""storage: how many bytes the files of a person, an edition and the hub take up, and who sent a file"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("work_versions", sa.Column("person", sa.String(), nullable=True))
    kept = sa.text("erased_at IS NULL")
    op.create_index("ix_work_versions_person", "work_versions", ["person"], postgresql_where=kept, sqlite_where=kept)
    op.create_table(
        "storage_uses",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("counted_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_storage_uses"),
    )
