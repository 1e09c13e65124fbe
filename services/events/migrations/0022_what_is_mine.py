"""entries of an organisation in whatever competition"""

from kit.process.indexes import NewIndex, make

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None
indexes = (NewIndex("ix_entries_of_organization", "entries", ("organization_id", "id")),)


def upgrade() -> None:
    make(indexes)
