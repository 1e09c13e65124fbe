"""Migrating: a service's table of sightings, as its migration makes it; it never changes."""

import sqlalchemy as sa
from alembic import op

import kit.data.db


def create_table(name: str) -> None:
    """Make a table of sightings in the database that is being migrated."""
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"uq_{name}_day", name, ["seen_by", "thing", "what", "day"], unique=True)
    op.create_index(f"ix_{name}_thing", name, ["thing", "id"])
