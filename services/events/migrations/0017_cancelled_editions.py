"""cancelled editions"""

import sqlalchemy as sa
from alembic import op

from kit.data.db import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("editions", sa.Column("cancelled_at", Instant(timezone=True), nullable=True))
    op.add_column("editions", sa.Column("cancel_reason", sa.String(), nullable=True))
    op.add_column("editions", sa.Column("reinstatable_until", Instant(timezone=True), nullable=True))
    op.add_column("editions", sa.Column("stood_as", sa.String(), nullable=True))
    op.add_column("entries", sa.Column("stood_as", sa.String(), nullable=True))
