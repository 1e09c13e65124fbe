"""Members in daily use: delegates by their records, dismissed duplicates, and what hangs on them"""

import sqlalchemy as sa
from alembic import op

import kit.data.db
from kit.process.indexes import NewIndex, make

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

indexes = (
    NewIndex(
        "ix_delegates_record",
        "delegates",
        (
            "person_id",
            "id",
        ),
    ),
)


def upgrade() -> None:
    op.create_table(
        "dismissals",
        sa.Column("earlier_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("later_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("earlier_name", sa.String(), nullable=False),
        sa.Column("later_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("dismissed_by", sa.String(), nullable=False),
        sa.Column("dismissed_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("withdrawn_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["earlier_id"], ["organizations.id"], name=op.f("fk_dismissals_earlier_id")),
        sa.ForeignKeyConstraint(["later_id"], ["organizations.id"], name=op.f("fk_dismissals_later_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissals")),
    )
    op.create_index(
        "ix_dismissals_standing",
        "dismissals",
        ["id"],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
        sqlite_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index("uq_dismissals_pair", "dismissals", ["earlier_id", "later_id"], unique=True)

    op.add_column("delegates", sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True))
    make(indexes)
