"""Migrating: the tables of parts of exports, as a migration of every service makes them; they never change."""

import sqlalchemy as sa
from alembic import op

import kit.data.db


def create_tables() -> None:
    """Make the tables of what a service has gathered of persons in the database that is being migrated."""
    op.create_table(
        "person_parts",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("until", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("cut", sa.Boolean(), nullable=False),
        sa.Column("finished_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person_parts"),
    )
    op.create_index("ix_person_parts_person", "person_parts", ["person_id"])
    op.create_table(
        "person_pieces",
        sa.Column("part_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("rows", kit.data.db.Json(), nullable=False),
        sa.PrimaryKeyConstraint("part_id", "number", name="pk_person_pieces"),
    )
