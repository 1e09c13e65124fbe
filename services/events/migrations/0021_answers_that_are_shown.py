"""from which version on everybody may read the answer to a question"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("questions", sa.Column("shown_from", sa.Integer(), nullable=True))
