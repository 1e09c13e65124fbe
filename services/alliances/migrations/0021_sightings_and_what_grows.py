"""who has read the contacts of organisations; links that old replicas make are dated; mergers found by either side"""

from kit.data.timers_table import ring_after_the_roll
from kit.process.indexes import NewIndex, make
from procedures.sightings import migrating

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None
indexes = (NewIndex("ix_mergers_other", "mergers", ("other_id", "id")),)


def upgrade() -> None:
    migrating.create_table("contact_sightings")
    ring_after_the_roll("date_links", "links of alliances", for_rows_of="alliances")
    make(indexes)
