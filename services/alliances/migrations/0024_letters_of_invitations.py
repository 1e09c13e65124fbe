"""letters to organisations that are invited"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation_letters",
        sa.Column("membership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("alliance_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("membership_version", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("posted_by", sa.String(), nullable=False),
        sa.Column("posted_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_invitation_letters_membership_id")
        ),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliances.id"], name=op.f("fk_invitation_letters_alliance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_letters")),
    )
    op.create_index("uq_invitation_letters_membership", "invitation_letters", ["membership_id"], unique=True)
    op.create_index("ix_invitation_letters_alliance", "invitation_letters", ["alliance_id", "posted_at"])
    op.create_index("ix_invitation_letters_posted_by", "invitation_letters", ["posted_by", "id"])
