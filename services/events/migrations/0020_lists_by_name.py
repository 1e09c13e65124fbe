"""lists by name: the sort keys of editions, which running services fill wave by wave"""

from procedures.search import migrating

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrating.make_sorted("editions", shown="published_at IS NOT NULL")
