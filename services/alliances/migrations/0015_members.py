"""members"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "charters",
        sa.Column("alliance_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("document", kit.data.db.Json(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliances.id"], name=op.f("fk_charters_alliance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charters")),
    )
    with op.batch_alter_table("charters", schema=None) as batch_op:
        batch_op.create_index("uq_charters_number", ["alliance_id", "number"], unique=True)

    op.create_table(
        "class_periods",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("alliance_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("membership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliances.id"], name=op.f("fk_class_periods_alliance_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_class_periods_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_periods")),
    )
    with op.batch_alter_table("class_periods", schema=None) as batch_op:
        batch_op.create_index("ix_class_periods_class", ["alliance_id", "code", "since"], unique=False)
        batch_op.create_index("ix_class_periods_membership", ["membership_id", "since"], unique=False)

    op.create_table(
        "delegates",
        sa.Column("membership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_delegates_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegates")),
    )
    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.create_index("ix_delegates_membership", ["membership_id", "since", "id"], unique=False)

    op.create_table(
        "membership_terms",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("alliance_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("membership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("charter", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("told", sa.Date(), nullable=True),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliances.id"], name=op.f("fk_membership_terms_alliance_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_membership_terms_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_terms")),
    )
    with op.batch_alter_table("membership_terms", schema=None) as batch_op:
        batch_op.create_index("ix_membership_terms_board", ["alliance_id", "current", "until", "id"], unique=False)
        batch_op.create_index("uq_membership_terms_number", ["membership_id", "number"], unique=True)

    with op.batch_alter_table("membership_steps", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_by", sa.String(), nullable=True))

    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer_by", kit.data.db.Instant(timezone=True), nullable=True))
