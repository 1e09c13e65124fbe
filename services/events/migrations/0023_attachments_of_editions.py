"""attachments of editions"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("edition_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.Column("removed_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_attachments_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index("ix_attachments_edition", "attachments", ["edition_id", "place", "id"])
    op.create_table(
        "attachment_files",
        sa.Column("attachment_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("completed_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("erased_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachments.id"], name=op.f("fk_attachment_files_attachment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment_files")),
    )
    op.create_index("uq_attachment_files_number", "attachment_files", ["attachment_id", "number"], unique=True)
    op.create_table(
        "attachment_uploads",
        sa.Column("edition_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("attachment_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("arrived_at", kit.data.db.Instant(timezone=True), nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("piece_size", sa.Integer(), nullable=False),
        sa.Column("expires_at", kit.data.db.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.CheckConstraint("size > 0 AND piece_size > 0", name=op.f("ck_attachment_uploads_something_to_send")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment_uploads")),
    )
    op.create_index("ix_attachment_uploads_edition", "attachment_uploads", ["edition_id", "id"])
    op.create_index("ix_attachment_uploads_person", "attachment_uploads", ["person", "id"])
