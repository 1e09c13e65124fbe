"""certificates of membership"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ISSUED = sa.text("status = 'issued'")


def upgrade() -> None:
    op.create_table(
        "membership_certificates",
        sa.Column("membership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("facts", kit.data.db.Json(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("ended_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_membership_certificates_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_certificates")),
    )
    with op.batch_alter_table("membership_certificates") as batch_op:
        batch_op.create_index("ix_membership_certificates_membership", ["membership_id", "id"])
        batch_op.create_index(
            "uq_membership_certificates_issued",
            ["membership_id"],
            unique=True,
            postgresql_where=_ISSUED,
            sqlite_where=_ISSUED,
        )
        batch_op.create_index("uq_membership_certificates_number", ["number"], unique=True)
