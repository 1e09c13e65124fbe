"""projects by how they stand"""

from kit.process.indexes import NewIndex, make

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
indexes = (NewIndex("ix_projects_status", "projects", ("status", "id")),)


def upgrade() -> None:
    make(indexes)
