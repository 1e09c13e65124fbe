"""letters to organisations that are invited"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation_mails", sa.Column("membership", kit.data.db.Json(), nullable=True))
