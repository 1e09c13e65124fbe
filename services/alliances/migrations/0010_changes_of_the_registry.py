"""changes of the registry: names by their days, stages and parents of alliances, closed and overseas organisations"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _names("official_names", "organization_id", "organizations")
    _names("alliance_names", "alliance_id", "alliances")
    _alliances()
    _organizations()


def _names(table: str, owner: str, owners: str) -> None:
    op.create_table(
        table,
        sa.Column(owner, sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint([owner], [f"{owners}.id"], name=op.f(f"fk_{table}_{owner}")),
        sa.PrimaryKeyConstraint(owner, "since", name=op.f(f"pk_{table}")),
    )


def _alliances() -> None:
    op.add_column("alliances", sa.Column("stage", sa.String(), server_default="active", nullable=False))
    op.add_column("alliances", sa.Column("stage_since", sa.Date(), nullable=True))
    op.add_column("alliances", sa.Column("parent_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("alliances", sa.Column("regions", kit.data.db.Json(), nullable=True))
    for name in ("level", "website", "text_zh", "text_en"):
        op.add_column("alliances", sa.Column(name, sa.String(), nullable=True))
    op.create_index("ix_alliances_stage", "alliances", ["stage", "id"])
    op.create_index("ix_alliances_parent", "alliances", ["parent_id", "id"], **_where("parent_id IS NOT NULL"))
    op.drop_index("uq_alliances_name_key", "alliances")
    region, goes_on = sa.text("coalesce(region, '')"), _where("stage <> 'dissolved'")
    op.create_index("uq_alliances_name", "alliances", ["name_zh", region], unique=True, **goes_on)
    op.create_index("uq_alliances_name_key", "alliances", ["name_key", region], unique=True, **goes_on)
    op.drop_index("uq_alliances_name_zh", "alliances")


def _organizations() -> None:
    op.add_column("organizations", sa.Column("status", sa.String(), server_default="active", nullable=False))
    op.add_column("organizations", sa.Column("superior_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("organizations", sa.Column("retired_on", sa.Date(), nullable=True))
    for name in ("school_code", "country", "website", "text_zh", "text_en"):
        op.add_column("organizations", sa.Column(name, sa.String(), nullable=True))
    superior = _where("superior_id IS NOT NULL")
    op.create_index("ix_organizations_superior", "organizations", ["superior_id", "id"], **superior)
    active = _where("status = 'active'")
    op.drop_index("uq_organizations_name_key", "organizations")
    country = sa.text("coalesce(country, '')")
    op.create_index("uq_organizations_name", "organizations", ["name_zh", "region", country], unique=True, **active)
    op.create_index(
        "uq_organizations_name_key", "organizations", ["region", "name_key", country], unique=True, **active
    )
    op.create_index("uq_organizations_credit", "organizations", ["credit_code"], unique=True, **active)
    op.create_index("uq_organizations_school", "organizations", ["school_code"], unique=True, **active)
    op.drop_index("uq_organizations_name_zh", "organizations")
    op.drop_index("uq_organizations_credit_code", "organizations")


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}
