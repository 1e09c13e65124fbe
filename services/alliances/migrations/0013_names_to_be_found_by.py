"""names to be found by: the fragments of names of organisations and alliances, which running services fill wave by wave"""

from procedures.search import migrating

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrating.make_findable("organizations", "organization_fragments")
    migrating.make_findable("alliances", "alliance_fragments")
