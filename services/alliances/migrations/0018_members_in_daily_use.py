"""Members in daily use: delegates by their records, dismissed duplicates, and what hangs on them"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import kit.data.db
from kit.ids import new_id
from kit.process.indexes import NewIndex, make

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_LINKS = sa.table(
    "alliance_links",
    *(sa.column(name, sa.Uuid(as_uuid=False)) for name in ("id", "alliance_id", "parent_id")),
    *(sa.column(name, kit.data.db.Instant(timezone=True)) for name in ("since", "until")),
)
indexes = (
    NewIndex(
        "ix_delegates_record",
        "delegates",
        (
            "person_id",
            "id",
        ),
    ),
)


def upgrade() -> None:
    op.create_table(
        "alliance_links",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("alliance_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("parent_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("since", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("until", kit.data.db.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliances.id"], name=op.f("fk_alliance_links_alliance_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["alliances.id"], name=op.f("fk_alliance_links_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliance_links")),
    )
    op.create_index("ix_alliance_links_parent", "alliance_links", ["parent_id", "since", "id"], unique=False)
    op.create_index(
        "uq_alliance_links_standing",
        "alliance_links",
        ["alliance_id"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
        sqlite_where=sa.text("until IS NULL"),
    )

    op.create_table(
        "dismissals",
        sa.Column("earlier_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("later_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("earlier_name", sa.String(), nullable=False),
        sa.Column("later_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("dismissed_by", sa.String(), nullable=False),
        sa.Column("dismissed_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("withdrawn_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["earlier_id"], ["organizations.id"], name=op.f("fk_dismissals_earlier_id")),
        sa.ForeignKeyConstraint(["later_id"], ["organizations.id"], name=op.f("fk_dismissals_later_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissals")),
    )
    op.create_index(
        "ix_dismissals_standing",
        "dismissals",
        ["id"],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
        sqlite_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index("uq_dismissals_pair", "dismissals", ["earlier_id", "later_id"], unique=True)

    op.add_column("delegates", sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True))
    make(indexes)
    _date_links()


def _date_links() -> None:
    """Since when alliances have belonged to others, as the journal tells; it has every link that was ever made."""
    journal = sa.table("outbox", *(sa.column(name) for name in ("id", "type", "subject_id", "subject_version")))
    journal.append_column(sa.column("time", kit.data.db.Instant(timezone=True)))
    journal.append_column(sa.column("data", kit.data.db.Json()))
    changes = sa.select(journal.c.subject_id, journal.c.time, journal.c.data)
    changes = changes.where(journal.c.type == "alliances.alliance_changed")
    links: list[dict[str, Any]] = []
    standing: dict[str, dict[str, Any]] = {}
    for alliance_id, time, data in op.get_bind().execute(
        changes.order_by(journal.c.subject_id, journal.c.subject_version)
    ):
        if data.get("what") == "linked":
            if before := standing.pop(alliance_id, None):
                before["until"] = time
            if parent_id := data.get("parent_id"):
                ends = {"alliance_id": alliance_id, "parent_id": parent_id}
                standing[alliance_id] = {"id": new_id(), "since": time, "until": None, **ends}
                links.append(standing[alliance_id])
    if links:
        op.bulk_insert(_LINKS, links)
