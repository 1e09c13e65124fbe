"""mergers of organisations"""

import sqlalchemy as sa
from alembic import op

from kit.data import mergers_table
from kit.process.indexes import NewIndex, make

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

indexes = (NewIndex("ix_organizations_survivor", "organizations", ("survivor_id", "id"), "survivor_id IS NOT NULL"),)


def upgrade() -> None:
    mergers_table.create()
    op.add_column("organizations", sa.Column("survivor_id", sa.Uuid(as_uuid=False), nullable=True))
    make(indexes)
