"""projects by how they stand"""

from kit.process.indexes import NewIndex, make

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
indexes = (NewIndex("ix_projects_status", "projects", ("status", "id")),)


def upgrade() -> None:
    make(indexes)
