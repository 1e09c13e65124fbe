"""letters to organisations that are invited"""

import sqlalchemy as sa
from alembic import op

import kit.data.db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation_mails", sa.Column("membership", kit.data.db.Json(), nullable=True))
