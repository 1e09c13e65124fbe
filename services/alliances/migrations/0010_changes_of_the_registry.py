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
    _relations()
    _successions()
    _contacts()


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


def _relations() -> None:
    op.create_table(
        "relations",
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("to_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("succession_id", sa.Uuid(as_uuid=False), nullable=True),
        *_subject("relations"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_relations_organization_id")),
        sa.ForeignKeyConstraint(["to_id"], ["organizations.id"], name=op.f("fk_relations_to_id")),
    )
    stands, above = _where("until IS NULL"), _where("kind = 'subordinate_to' AND until IS NULL")
    op.create_index("uq_relations_standing", "relations", ["organization_id", "to_id", "kind"], unique=True, **stands)
    op.create_index("uq_relations_superior", "relations", ["organization_id"], unique=True, **above)
    op.create_index("ix_relations_organization", "relations", ["organization_id", "id"])
    op.create_index("ix_relations_to", "relations", ["to_id", "id"])
    succession = _where("succession_id IS NOT NULL")
    op.create_index("ix_relations_succession", "relations", ["succession_id"], **succession)


def _successions() -> None:
    op.create_table(
        "successions",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("from_ids", kit.data.db.Json(), nullable=False),
        sa.Column("to_ids", kit.data.db.Json(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("withdrawn_at", kit.data.db.Instant(timezone=True), nullable=True),
        *_subject("successions"),
    )
    op.create_index("ix_successions_standing", "successions", ["id"], **_where("withdrawn_at IS NULL"))


def _contacts() -> None:
    op.create_table(
        "office_contacts",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_office_contacts_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_contacts")),
    )
    of_organization = ["organization_id", "position"]
    op.create_index("uq_office_contacts_position", "office_contacts", of_organization, unique=True)
    op.create_index("ix_office_contacts_organization", "office_contacts", ["organization_id", "id"])


def _subject(table: str) -> tuple[Any, ...]:
    return (
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}
