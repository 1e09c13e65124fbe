"""what was given up on: since when, in lists by id, and what people did about it"""

from kit.data import parked_table
from kit.process.indexes import PARKED, make

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

indexes = PARKED


def upgrade() -> None:
    parked_table.create()
    make(indexes)
