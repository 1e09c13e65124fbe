"""members of alliances, and the consent of an alliance to a series"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alliance_members",
        sa.Column("membership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("membership_id", name="pk_alliance_members"),
    )
    with op.batch_alter_table("alliance_members", schema=None) as batch_op:
        batch_op.create_index("ix_alliance_members_alliance", ["alliance_id", "organization_id"], unique=False)
    op.create_table(
        "alliance_consents",
        sa.Column("alliance_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("series_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliances.id"], name="fk_alliance_consents_alliance_id"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_alliance_consents_series_id"),
        sa.PrimaryKeyConstraint("alliance_id", "series_id", name="pk_alliance_consents"),
    )
