"""names to be found by: the fragments of titles of plans and projects, which running services fill wave by wave"""

from procedures.search import migrating

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrating.make_findable("plans", "plan_fragments")
    migrating.make_findable("projects", "project_fragments")
