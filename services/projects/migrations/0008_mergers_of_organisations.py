"""mergers of organisations"""

import sqlalchemy as sa
from alembic import op

from kit.data import mergers_table

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mergers_table.create()
    op.add_column("organizations", sa.Column("survivor_id", sa.Uuid(as_uuid=False), nullable=True))
