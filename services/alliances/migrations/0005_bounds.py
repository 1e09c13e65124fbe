"""bounds: answers, jobs and messages that cannot leave grow no further than they may"""

from kit.data import bounded_tables

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    bounded_tables.bound()
