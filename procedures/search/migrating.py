"""Migrating: what a service's migration adds to a table of things with names, as it was when search came; it never changes."""

import sqlalchemy as sa
from alembic import op


def make_findable(things: str, fragments: str) -> None:
    """Let a table know what was spelled out, and make that of its fragments."""
    text = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.add_column(things, sa.Column("spelling", sa.Integer(), server_default="0", nullable=False))
    op.create_index(f"ix_{things}_spelling", things, ["spelling", "id"])
    op.create_table(
        fragments,
        sa.Column("owner_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("fragment", text, nullable=False),
        sa.Column("inside", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], [f"{things}.id"], name=f"fk_{fragments}_owner_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "fragment", name=f"pk_{fragments}"),
    )
    op.create_index(f"ix_{fragments}_sought", fragments, ["inside", "fragment", "owner_id"])


def make_sorted(things: str, *, shown: str | None = None) -> None:
    """Let a table be listed by name, as far as it is `shown` (a condition); what is there is spelled out wave by wave."""
    text = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.add_column(things, sa.Column("sort_key", text, server_default="", nullable=False))
    where = sa.text(shown) if shown else None
    op.create_index(f"ix_{things}_sorted", things, ["sort_key", "id"], sqlite_where=where, postgresql_where=where)
