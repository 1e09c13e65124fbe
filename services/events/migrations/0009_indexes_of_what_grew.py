"""indexes of what grew: lists that read more the more there was"""

from kit.process.indexes import NewIndex, make

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

indexes = (
    NewIndex("ix_entries_status", "entries", ("edition_id", "status", "id")),
    NewIndex("ix_entries_province_status", "entries", ("edition_id", "province", "status", "id")),
    NewIndex("ix_editions_open", "editions", ("id",), "status = 'published' AND published_at IS NOT NULL"),
    NewIndex("ix_awards_kind", "awards", ("edition_id", "kind", "id")),
    NewIndex("ix_motions_status", "motions", ("edition_id", "status", "id")),
    NewIndex("ix_participants_withdrawn", "participants", ("stage_id", "entry_id"), "status = 'withdrawn'"),
    NewIndex("ix_seals_sealed", "seals", ("id",), "opened_at IS NULL"),
    NewIndex("ix_arbitrators_series", "arbitrators", ("series_id", "id")),
)


def upgrade() -> None:
    make(indexes)
