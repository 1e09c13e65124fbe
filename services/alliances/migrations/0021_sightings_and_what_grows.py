"""who has read the contacts of organisations"""

from procedures.sightings import migrating

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrating.create_table("contact_sightings")
