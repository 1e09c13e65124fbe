"""the first tables"""

import sqlalchemy as sa
from alembic import op

import kit.data.db
import kit.data.first_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.data.first_tables.create()
    op.create_table(
        "alliances",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliances")),
    )
    with op.batch_alter_table("alliances", schema=None) as batch_op:
        batch_op.create_index("ix_alliances_kind", ["kind", "id"], unique=False)
        batch_op.create_index("ix_alliances_region", ["region", "id"], unique=False)
        batch_op.create_index("uq_alliances_name_zh", ["name_zh"], unique=True)

    op.create_table(
        "organizations",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
    )
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.create_index("ix_organizations_kind", ["kind", "id"], unique=False)
        batch_op.create_index("ix_organizations_region", ["region", "id"], unique=False)
        batch_op.create_index("uq_organizations_credit_code", ["credit_code"], unique=True)
        batch_op.create_index("uq_organizations_name_zh", ["name_zh", "region"], unique=True)

    op.create_table(
        "memberships",
        sa.Column("alliance_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliances.id"], name=op.f("fk_memberships_alliance_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_memberships_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index("ix_memberships_alliance", ["alliance_id", "status", "id"], unique=False)
        batch_op.create_index("ix_memberships_organization", ["organization_id", "id"], unique=False)
        batch_op.create_index("uq_memberships_pair", ["alliance_id", "organization_id"], unique=True)

    op.create_table(
        "organization_names",
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_organization_names_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "name", name=op.f("pk_organization_names")),
    )
    with op.batch_alter_table("organization_names", schema=None) as batch_op:
        batch_op.create_index("ix_organization_names_name", ["name", "organization_id"], unique=False)

    op.create_table(
        "membership_steps",
        sa.Column("membership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("since", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_membership_steps_membership_id")),
        sa.PrimaryKeyConstraint("membership_id", "version", name=op.f("pk_membership_steps")),
    )


def downgrade() -> None:
    op.drop_table("membership_steps")
    with op.batch_alter_table("organization_names", schema=None) as batch_op:
        batch_op.drop_index("ix_organization_names_name")

    op.drop_table("organization_names")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index("uq_memberships_pair")
        batch_op.drop_index("ix_memberships_organization")
        batch_op.drop_index("ix_memberships_alliance")

    op.drop_table("memberships")
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.drop_index("uq_organizations_name_zh")
        batch_op.drop_index("uq_organizations_credit_code")
        batch_op.drop_index("ix_organizations_region")
        batch_op.drop_index("ix_organizations_kind")

    op.drop_table("organizations")
    with op.batch_alter_table("alliances", schema=None) as batch_op:
        batch_op.drop_index("uq_alliances_name_zh")
        batch_op.drop_index("ix_alliances_region")
        batch_op.drop_index("ix_alliances_kind")

    op.drop_table("alliances")
