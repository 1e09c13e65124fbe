"""who has seen the people of entries, who are found by their accounts; mergers found by either side"""

from kit.process.indexes import NewIndex, make
from procedures.sightings import migrating

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
indexes = (
    NewIndex("ix_mergers_other", "mergers", ("other_id", "id")),
    NewIndex("ix_members_person", "members", ("person", "id"), "person IS NOT NULL"),
)


def upgrade() -> None:
    migrating.create_table("entry_sightings")
    make(indexes)
