"""papers of applications"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

import kit.data.db

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_OF_A_KIND = sa.text("kind <> ''")


def _file(table: str) -> list[SchemaItem]:
    """What a paper and its upload have alike."""
    return [
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("alliance_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliances.id"], name=op.f(f"fk_{table}_alliance_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f(f"fk_{table}_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    op.create_table(
        "application_papers",
        *_file("application_papers"),
        sa.Column("completed_at", kit.data.db.Instant(timezone=True), nullable=False),
    )
    op.create_index("ix_application_papers_pair", "application_papers", ["organization_id", "alliance_id", "id"])
    op.create_index(
        "uq_application_papers_kind",
        "application_papers",
        ["alliance_id", "organization_id", "kind"],
        unique=True,
        postgresql_where=_OF_A_KIND,
        sqlite_where=_OF_A_KIND,
    )
    op.create_index("ix_application_papers_person", "application_papers", ["person", "id"])
    op.create_table(
        "paper_uploads",
        *_file("paper_uploads"),
        sa.Column("piece_size", sa.Integer(), nullable=False),
        sa.Column("expires_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("arrived_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.CheckConstraint("size > 0 AND piece_size > 0", name=op.f("ck_paper_uploads_something_to_send")),
    )
    op.create_index("ix_paper_uploads_pair", "paper_uploads", ["organization_id", "alliance_id", "id"])
    op.create_index("ix_paper_uploads_person", "paper_uploads", ["person", "id"])
