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
        "announcements",
        sa.Column("message_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("time", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("facts", kit.data.db.Json(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "rule", name=op.f("pk_announcements")),
    )
    op.create_table(
        "contacts",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("wants_email", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_contacts")),
    )
    op.create_table(
        "membership_steps",
        sa.Column("membership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("alliance_id", sa.String(), nullable=False),
        sa.Column("organization_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("membership_id", "version", name=op.f("pk_membership_steps")),
    )
    with op.batch_alter_table("membership_steps", schema=None) as batch_op:
        batch_op.create_index("ix_membership_steps_alliance", ["alliance_id", "status"], unique=False)
        batch_op.create_index("ix_membership_steps_organization", ["organization_id", "status"], unique=False)

    op.create_table(
        "tenures",
        sa.Column("grant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("granted_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("revoked_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scope_type", sa.String(), nullable=False),
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("grant_id", "granted_at", name=op.f("pk_tenures")),
    )
    with op.batch_alter_table("tenures", schema=None) as batch_op:
        batch_op.create_index("ix_tenures_scope", ["scope_type", "scope_id", "role"], unique=False)

    op.create_table(
        "addressees",
        sa.Column("message_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scope_type", sa.String(), nullable=False),
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("time", kit.data.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id", "rule"],
            ["announcements.message_id", "announcements.rule"],
            name=op.f("fk_addressees_message_id"),
        ),
        sa.PrimaryKeyConstraint("message_id", "rule", "role", "scope_type", "scope_id", name=op.f("pk_addressees")),
    )
    with op.batch_alter_table("addressees", schema=None) as batch_op:
        batch_op.create_index("ix_addressees_scope", ["scope_type", "scope_id", "role", "time"], unique=False)

    op.create_table(
        "notices",
        sa.Column("message_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("read_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id", "rule"],
            ["announcements.message_id", "announcements.rule"],
            name=op.f("fk_notices_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_recipient", ["recipient", "id"], unique=False)
        batch_op.create_index(
            "ix_notices_unread",
            ["recipient", "id"],
            unique=False,
            postgresql_where=sa.text("read_at IS NULL"),
            sqlite_where=sa.text("read_at IS NULL"),
        )
        batch_op.create_index("uq_notices_fact", ["message_id", "rule", "recipient"], unique=True)

    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("notice_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("sent_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_deliveries_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_deliveries_state", ["state", "id"], unique=False)
        batch_op.create_index(
            "ix_deliveries_waiting",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("state = 'waiting'"),
            sqlite_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index("uq_deliveries_notice", ["notice_id", "channel"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("uq_deliveries_notice")
        batch_op.drop_index(
            "ix_deliveries_waiting",
            postgresql_where=sa.text("state = 'waiting'"),
            sqlite_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_deliveries_state")

    op.drop_table("deliveries")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index("uq_notices_fact")
        batch_op.drop_index(
            "ix_notices_unread", postgresql_where=sa.text("read_at IS NULL"), sqlite_where=sa.text("read_at IS NULL")
        )
        batch_op.drop_index("ix_notices_recipient")

    op.drop_table("notices")
    with op.batch_alter_table("addressees", schema=None) as batch_op:
        batch_op.drop_index("ix_addressees_scope")

    op.drop_table("addressees")
    with op.batch_alter_table("tenures", schema=None) as batch_op:
        batch_op.drop_index("ix_tenures_scope")

    op.drop_table("tenures")
    with op.batch_alter_table("membership_steps", schema=None) as batch_op:
        batch_op.drop_index("ix_membership_steps_organization")
        batch_op.drop_index("ix_membership_steps_alliance")

    op.drop_table("membership_steps")
    op.drop_table("contacts")
    op.drop_table("announcements")
