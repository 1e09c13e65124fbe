"""Calendars of working days."""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_years",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_years")),
    )
    with op.batch_alter_table("calendar_years", schema=None) as batch_op:
        batch_op.create_index("uq_calendar_years_year", ["year", "province"], unique=True)

    op.create_table(
        "calendar_versions",
        sa.Column("calendar_year_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("holidays", kit.data.db.Json(), nullable=False),
        sa.Column("working_days", kit.data.db.Json(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_year_id"], ["calendar_years.id"], name=op.f("fk_calendar_versions_calendar_year_id")
        ),
        sa.PrimaryKeyConstraint("calendar_year_id", "number", name=op.f("pk_calendar_versions")),
    )


def downgrade() -> None:
    op.drop_table("calendar_versions")
    with op.batch_alter_table("calendar_years", schema=None) as batch_op:
        batch_op.drop_index("uq_calendar_years_year")

    op.drop_table("calendar_years")
