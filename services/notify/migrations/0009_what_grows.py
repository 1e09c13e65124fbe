"""mergers found by either side"""

from kit.process.indexes import NewIndex, make

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
indexes = (NewIndex("ix_mergers_other", "mergers", ("other_id", "id")),)


def upgrade() -> None:
    make(indexes)
