"""the record that stays of one that was merged has an index"""

from kit.process.indexes import NewIndex, make

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

indexes = (NewIndex("ix_persons_stays", "persons", ("coalesce(merged_into, id)",)),)


def upgrade() -> None:
    make(indexes)
