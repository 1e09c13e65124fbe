"""names to be found by: the fragments of names of editions, which running services fill wave by wave"""

from procedures.search import migrating

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrating.make_findable("editions", "edition_fragments")
