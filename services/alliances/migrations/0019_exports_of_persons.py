"""exports and sightings of persons, invitations by e-mail; whoever writes to people is told their names"""

import sqlalchemy as sa
from alembic import op

import kit.data.db
from kit.data.timers_table import ring_after_the_roll
from procedures.person_exports import migrating

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


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
    ring_after_the_roll("tell_names", "names of persons", for_rows_of="persons")
