"""exports and sightings of persons, invitations by e-mail; whoever writes to people is told their names"""

import uuid
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

import kit.data.db
from procedures.person_exports import migrating

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

AFTER_THE_ROLL = timedelta(hours=1)
"""What replicas of the release before write meanwhile is told then too."""


def upgrade() -> None:
    migrating.create_tables()
    op.create_table(
        "person_exports",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("until", kit.data.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_person_exports_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_exports")),
    )
    op.create_index("ix_person_exports_asked_by", "person_exports", ["asked_by", "id"])
    op.create_table(
        "sightings",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_sightings_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
    )
    op.create_index("ix_sightings_person", "sightings", ["person_id", "id"])
    with op.batch_alter_table("role_invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("address", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("language", sa.String(), server_default="zh-CN", nullable=False))
    _tell_names()


def _tell_names() -> None:
    """Have those told of who were registered before anybody was told: by a timer, in waves."""
    bind = op.get_bind()
    if bind.execute(sa.text("SELECT 1 FROM persons LIMIT 1")).first() is None:
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
    timer = {"deed": "tell_names", "subject_id": "", "correlation_id": "names of persons", "state": "waiting"}
    when = datetime.now(UTC) + AFTER_THE_ROLL
    bind.execute(sa.insert(due).values(id=str(uuid.uuid4()), due_at=when, attempts=0, **timer))
