"""what is gathered of a person"""

from kit.data import person_parts_table

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    person_parts_table.create()
