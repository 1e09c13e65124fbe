"""mergers of organisations"""

from kit.data import mergers_table

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mergers_table.create()
