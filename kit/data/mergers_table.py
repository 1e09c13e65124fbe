"""Mergers tables: as one migration of every service makes them; they never change, a later one follows."""

import sqlalchemy as sa
from alembic import op

import kit.data.db


def create() -> None:
    """Make the tables of mergers in the database that is being migrated."""
    op.create_table(
        "mergers",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("survivor_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.Column("merged_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("unmerged_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mergers"),
    )
    op.create_index("ix_mergers_survivor", "mergers", ["survivor_id", "id"])
    op.create_table(
        "merged_organizations",
        sa.Column("organization_id", sa.String(), nullable=False),
        sa.Column("survivor_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name="pk_merged_organizations"),
    )
    op.create_index("ix_merged_organizations_survivor", "merged_organizations", ["survivor_id", "organization_id"])
