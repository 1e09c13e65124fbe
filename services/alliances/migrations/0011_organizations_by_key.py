"""organisations by the key of their name, wherever they are: what an import looks for"""

from kit.process.indexes import NewIndex, make

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

indexes = (NewIndex("ix_organizations_name_key", "organizations", ("name_key",)),)


def upgrade() -> None:
    make(indexes)
