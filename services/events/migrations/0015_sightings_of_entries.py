"""who has seen the people of entries"""

from procedures.sightings import migrating

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrating.create_table("entry_sightings")
