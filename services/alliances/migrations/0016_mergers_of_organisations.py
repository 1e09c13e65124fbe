"""mergers of organisations"""

import sqlalchemy as sa
from alembic import op

import kit.data.db
from kit.data import mergers_table
from kit.process.indexes import NewIndex, make
from services.alliances.registry.organizations.likeness import likeness

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

AT_ONCE = 5_000
indexes = (
    NewIndex(
        "ix_organizations_likeness", "organizations", ("likeness", "id"), "survivor_id IS NULL AND likeness <> ''"
    ),
    NewIndex("ix_organizations_survivor", "organizations", ("survivor_id", "id"), "survivor_id IS NOT NULL"),
    NewIndex("ix_organizations_body_code", "organizations", ("substr(credit_code, 9, 9)", "id")),
)


def upgrade() -> None:
    mergers_table.create()
    _create_facts()
    op.add_column("memberships", sa.Column("into_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("organizations", sa.Column("survivor_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("organizations", sa.Column("likeness", sa.String(), server_default="", nullable=False))
    _liken()
    make(indexes)


def _create_facts() -> None:
    op.create_table(
        "merger_facts",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("survivor_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("other_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("other_status", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("merged_by", sa.String(), nullable=False),
        sa.Column("before", kit.data.db.Json(), nullable=False),
        sa.Column("put", kit.data.db.Json(), nullable=False),
        sa.Column("names", kit.data.db.Json(), nullable=False),
        sa.Column("membership_ids", kit.data.db.Json(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["organizations.id"], name=op.f("fk_merger_facts_other_id")),
        sa.ForeignKeyConstraint(["survivor_id"], ["organizations.id"], name=op.f("fk_merger_facts_survivor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merger_facts")),
    )


def _liken() -> None:
    """Work out the likeness of the names of all that are registered."""
    table = sa.table("organizations", sa.column("id"), sa.column("name_zh"), sa.column("likeness"))
    known = op.get_bind().execute(sa.select(table.c.id, table.c.name_zh)).all()
    change = sa.update(table).where(table.c.id == sa.bindparam("of")).values(likeness=sa.bindparam("like"))
    for start in range(0, len(known), AT_ONCE):
        part = known[start : start + AT_ONCE]
        op.get_bind().execute(change, [{"of": id_, "like": likeness(name)} for id_, name in part])
