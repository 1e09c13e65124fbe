"""mergers of organisations"""

from kit.data import mergers_table

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mergers_table.create()
