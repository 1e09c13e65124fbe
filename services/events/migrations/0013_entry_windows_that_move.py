"""entry windows that move"""

import sqlalchemy as sa
from alembic import op

from kit.data.db import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("editions", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("editions", sa.Column("moved_at", Instant(timezone=True), nullable=True))
