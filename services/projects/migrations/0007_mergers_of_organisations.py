"""mergers of organisations"""

from kit.data import mergers_table

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mergers_table.create()
