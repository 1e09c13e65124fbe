"""Parked table: what one migration of every service adds so that work that was given up on is listed and settled on record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import kit.data.db

TABLES = ("outbox", "inbox", "jobs", "due")


def create(*own: str) -> None:
    """Say of each row when it was given up on, in the tables of the kit and a service's `own`; and make that of settlements."""
    for table in (*TABLES, *own):
        op.add_column(table, sa.Column("parked_at", kit.data.db.Instant(timezone=True), nullable=True))
    op.create_table(
        "parked_settlements",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("settled", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("settled_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_parked_settlements"),
    )
