"""members in daily use: delegates by their records, dismissed pairs, planned moves, dated links of alliances"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import kit.data.db
from kit.ids import new_id
from kit.process.indexes import NewIndex, make

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_LINKS = sa.table(
    "alliance_links",
    *(sa.column(name, sa.Uuid(as_uuid=False)) for name in ("id", "alliance_id", "parent_id")),
    *(sa.column(name, kit.data.db.Instant(timezone=True)) for name in ("since", "until")),
)
_JOURNAL = sa.table(
    "outbox",
    *(sa.column(name, sa.String()) for name in ("type", "subject_type", "subject_id")),
    sa.column("subject_version", sa.Integer()),
    sa.column("time", kit.data.db.Instant(timezone=True)),
    sa.column("data", kit.data.db.Json()),
)
indexes = (NewIndex("ix_delegates_record", "delegates", ("person_id", "id")),)


def upgrade() -> None:
    op.add_column("delegates", sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True))
    _dismissals()
    _planned_moves()
    _links()
    _date_links()
    make(indexes)


def _dismissals() -> None:
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


def _planned_moves() -> None:
    op.create_table(
        "planned_moves",
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_planned_moves_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_planned_moves")),
    )


def _links() -> None:
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


def _date_links() -> None:
    """Since when alliances have belonged to others, as the journal tells; it has every link that was ever made."""
    of_alliances = (_JOURNAL.c.subject_type == "alliance", _JOURNAL.c.type == "alliances.alliance_changed")
    changes = sa.select(_JOURNAL).where(*of_alliances)
    links: list[dict[str, Any]] = []
    standing: dict[str, dict[str, Any]] = {}
    for row in op.get_bind().execute(changes.order_by(_JOURNAL.c.subject_id, _JOURNAL.c.subject_version)):
        if row.data.get("what") == "linked":
            if before := standing.pop(row.subject_id, None):
                before["until"] = row.time
            if parent_id := row.data.get("parent_id"):
                ends = {"alliance_id": row.subject_id, "parent_id": parent_id}
                standing[row.subject_id] = {"id": new_id(), "since": row.time, "until": None, **ends}
                links.append(standing[row.subject_id])
    if links:
        op.bulk_insert(_LINKS, links)
