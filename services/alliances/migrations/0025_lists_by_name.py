"""lists by name: the sort keys of organisations and alliances, which running services fill wave by wave"""

from procedures.search import migrating

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrating.make_sorted("organizations", shown="survivor_id IS NULL")
    migrating.make_sorted("alliances")
