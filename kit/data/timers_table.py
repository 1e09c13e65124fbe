"""Timers table: what a migration leaves to be done when no replica of the release before writes any more."""

import uuid
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

import kit.data.db

AFTER_THE_ROLL = timedelta(hours=1)
"""What replicas of the release before write meanwhile is seen then too."""


def ring_after_the_roll(timer: str, why: str, *, for_rows_of: str) -> None:
    """Set this timer, of no subject, in the database that is being migrated, if it has rows of the kind that is concerned."""
    bind = op.get_bind()
    if bind.execute(sa.select(sa.literal(1)).select_from(sa.table(for_rows_of)).limit(1)).first() is None:
        return
    due = sa.table(
        "due",
        sa.column("id", sa.Uuid(as_uuid=False)),
        sa.column("deed", sa.String()),
        sa.column("subject_id", sa.String()),
        sa.column("correlation_id", sa.String()),
        sa.column("state", sa.String()),
        sa.column("due_at", kit.data.db.Instant(timezone=True)),
        sa.column("attempts", sa.Integer()),
    )
    row = {"deed": timer, "subject_id": "", "correlation_id": why, "state": "waiting", "attempts": 0}
    bind.execute(sa.insert(due).values(id=str(uuid.uuid4()), due_at=datetime.now(UTC) + AFTER_THE_ROLL, **row))
