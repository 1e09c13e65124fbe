"""what is gathered of a person"""

from kit.data import person_parts_table

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    person_parts_table.create()
