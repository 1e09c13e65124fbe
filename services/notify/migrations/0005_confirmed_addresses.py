"""confirmed addresses, counted e-mails, and notices that gather others"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_notices_inbox": (["recipient", "id"], "gathered_by IS NULL"),
    "ix_notices_inbox_unread": (["recipient", "id"], "gathered_by IS NULL AND read_at IS NULL"),
    "ix_notices_gathered": (["gathered_by", "id"], "gathered_by IS NOT NULL"),
    "ix_notices_actor": (["recipient", "actor", "rule", "created_at"], "actor IS NOT NULL"),
}


def upgrade() -> None:
    _contacts()
    _confirmations()
    op.create_table(
        "mail_counts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("since", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("mails", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "since", name=op.f("pk_mail_counts")),
    )
    op.add_column("announcements", sa.Column("actor", sa.String(), nullable=True))
    op.add_column("notices", sa.Column("actor", sa.String(), nullable=True))
    op.add_column("notices", sa.Column("gathered_by", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("notices", sa.Column("gathers_until", kit.data.db.Instant(timezone=True), nullable=True))
    op.add_column("notices", sa.Column("more", sa.Integer(), server_default="0", nullable=False))
    for name, (columns, condition) in INDEXES.items():
        where = sa.text(condition)
        op.create_index(name, "notices", columns, postgresql_where=where, sqlite_where=where)


def _contacts() -> None:
    """An address to which an e-mail has been delivered counts as confirmed; to any other a code is sent when it is asked for."""
    for name in ("confirmed_address", "code", "unsubscribe_token"):
        op.add_column("contacts", sa.Column(name, sa.String(), nullable=True))
    op.add_column("contacts", sa.Column("code_until", kit.data.db.Instant(timezone=True), nullable=True))
    op.create_index("ix_contacts_unsubscribe_token", "contacts", ["unsubscribe_token"])
    op.execute(
        "UPDATE contacts SET confirmed_address = address WHERE person IN ("
        "SELECT notices.recipient FROM notices JOIN deliveries ON deliveries.notice_id = notices.id"
        " WHERE deliveries.state = 'done')"
    )


def _confirmations() -> None:
    op.create_table(
        "confirmations",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("sent_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("traceparent", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
    )
    op.create_index("ix_confirmations_person", "confirmations", ["person", "id"])
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_confirmations_waiting", "confirmations", ["due_at"], postgresql_where=waiting, sqlite_where=waiting
    )
