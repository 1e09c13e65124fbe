"""jobs: long work outside of transactions"""

from kit.data import jobs_table

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    jobs_table.create()
