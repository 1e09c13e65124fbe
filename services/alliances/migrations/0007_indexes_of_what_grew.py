"""indexes of what grew: organisations of a region in the order of their entry"""

from kit.process.indexes import NewIndex, make

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

indexes = (
    NewIndex("ix_organizations_prefecture", "organizations", ("substr(region, 1, 4)", "id")),
    NewIndex("ix_alliances_province", "alliances", ("(substr(region, 1, 2) || '0000')", "id")),
    NewIndex("ix_organizations_province", "organizations", ("(substr(region, 1, 2) || '0000')", "id")),
)


def upgrade() -> None:
    make(indexes)
