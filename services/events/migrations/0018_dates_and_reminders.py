"""dates and reminders"""

from kit.process.indexes import NewIndex, make
from procedures.reminders import migrating

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None
indexes = (
    NewIndex("ix_editions_closing", "editions", ("closes_at", "id"), "published_at IS NOT NULL"),
    NewIndex("ix_phases_closing", "phases", ("closes_at", "id")),
    NewIndex("ix_entries_offered", "entries", ("offered_until", "id"), "status = 'offered'"),
    NewIndex("ix_results_objecting", "results", ("objections_until", "id"), "objections_until IS NOT NULL"),
)


def upgrade() -> None:
    make(indexes)
    migrating.create_tables()
