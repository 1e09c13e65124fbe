"""traceparents: a message that is traced knows the span above it, also while it waits in a row"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # in the order in which a handler takes them, so that the two cannot wait for each other
    op.add_column("inbox", sa.Column("traceparent", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("traceparent", sa.String(), nullable=True))
