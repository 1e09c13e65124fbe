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
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliances")),
    )
    op.create_table(
        "organizations",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
    )
    op.create_table(
        "series",
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("alliance_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index("uq_series_name_zh", ["name_zh"], unique=True)

    op.create_table(
        "editions",
        sa.Column("series_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("alliance_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("host_region", sa.String(), nullable=False),
        sa.Column("opens_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("closes_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("published_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_editions_opens_before_it_closes")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_editions_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
    )
    with op.batch_alter_table("editions", schema=None) as batch_op:
        batch_op.create_index("ix_editions_alliance", ["alliance_id", "id"], unique=False)
        batch_op.create_index(
            "ix_editions_drafts",
            ["id"],
            unique=False,
            postgresql_where=sa.text("published_at IS NULL"),
            sqlite_where=sa.text("published_at IS NULL"),
        )
        batch_op.create_index(
            "ix_editions_public",
            ["id"],
            unique=False,
            postgresql_where=sa.text("published_at IS NOT NULL"),
            sqlite_where=sa.text("published_at IS NOT NULL"),
        )
        batch_op.create_index("ix_editions_series", ["series_id", "id"], unique=False)
        batch_op.create_index("uq_editions_number", ["series_id", "number"], unique=True)

    op.create_table(
        "tracks",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("edition_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_tracks_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracks")),
    )
    with op.batch_alter_table("tracks", schema=None) as batch_op:
        batch_op.create_index("uq_tracks_name_zh", ["edition_id", "name_zh"], unique=True)

    op.create_table(
        "entries",
        sa.Column("edition_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("track_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("contestant", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("withdrawn_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_entries_edition_id")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_entries_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index("ix_entries_edition", ["edition_id", "id"], unique=False)
        batch_op.create_index("ix_entries_organization", ["edition_id", "organization_id", "id"], unique=False)
        batch_op.create_index("ix_entries_province", ["edition_id", "province", "id"], unique=False)
        batch_op.create_index(
            "uq_entries_standing",
            ["track_id", "organization_id", "contestant"],
            unique=True,
            postgresql_where=sa.text("status = 'entered'"),
            sqlite_where=sa.text("status = 'entered'"),
        )

    op.create_table(
        "quotas",
        sa.Column("track_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("taken BETWEEN 0 AND places", name=op.f("ck_quotas_never_oversold")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_quotas_track_id")),
        sa.PrimaryKeyConstraint("track_id", "province", name=op.f("pk_quotas")),
    )


def downgrade() -> None:
    op.drop_table("quotas")
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_entries_standing",
            postgresql_where=sa.text("status = 'entered'"),
            sqlite_where=sa.text("status = 'entered'"),
        )
        batch_op.drop_index("ix_entries_province")
        batch_op.drop_index("ix_entries_organization")
        batch_op.drop_index("ix_entries_edition")

    op.drop_table("entries")
    with op.batch_alter_table("tracks", schema=None) as batch_op:
        batch_op.drop_index("uq_tracks_name_zh")

    op.drop_table("tracks")
    with op.batch_alter_table("editions", schema=None) as batch_op:
        batch_op.drop_index("uq_editions_number")
        batch_op.drop_index("ix_editions_series")
        batch_op.drop_index(
            "ix_editions_public",
            postgresql_where=sa.text("published_at IS NOT NULL"),
            sqlite_where=sa.text("published_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_editions_drafts",
            postgresql_where=sa.text("published_at IS NULL"),
            sqlite_where=sa.text("published_at IS NULL"),
        )
        batch_op.drop_index("ix_editions_alliance")

    op.drop_table("editions")
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.drop_index("uq_series_name_zh")

    op.drop_table("series")
    op.drop_table("organizations")
    op.drop_table("alliances")
