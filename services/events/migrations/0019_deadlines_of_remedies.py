"""until when what a panel has upheld is to be remedied"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("objections", sa.Column("remedy_due_at", kit.data.db.Instant(timezone=True), nullable=True))
