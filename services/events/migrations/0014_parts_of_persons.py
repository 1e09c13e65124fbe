"""what is gathered of a person"""

from procedures.person_exports import migrating

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrating.create_tables()
