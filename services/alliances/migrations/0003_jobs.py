"""jobs: long work outside of transactions"""

from kit.data import jobs_table

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    jobs_table.create()
