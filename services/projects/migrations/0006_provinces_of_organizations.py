"""provinces of organisations: so that PostgreSQL knows how many a province has"""

from kit.process.indexes import NewIndex, make

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

indexes = (NewIndex("ix_organizations_province", "organizations", ("(substr(region, 1, 2) || '0000')", "id")),)


def upgrade() -> None:
    make(indexes)
