"""mergers of organisations"""

import sqlalchemy as sa
from alembic import op

from kit.data import mergers_table

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mergers_table.create()
    op.add_column("tenures", sa.Column("lent", sa.Boolean(), server_default=sa.false(), nullable=False))
