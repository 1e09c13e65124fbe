"""what is gathered of a person"""

from procedures.person_exports import migrating

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrating.create_tables()
