"""persons are erased, and found by their names"""

import sqlalchemy as sa
from alembic import op

import kit.data.db
from procedures.search import migrating

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erase_at", kit.data.db.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("erased_at", kit.data.db.Instant(timezone=True), nullable=True))
    migrating.make_findable("persons", "person_fragments")
