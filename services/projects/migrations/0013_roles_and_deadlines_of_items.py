"""which role a unit has in an item, and by when an item is due"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("responsible_units", sa.Column("role", sa.String(), nullable=True))
    op.create_table(
        "item_deadlines",
        sa.Column("item_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("rhythm", sa.String(), nullable=True),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("what", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["work_items.id"], name=op.f("fk_item_deadlines_item_id")),
        sa.PrimaryKeyConstraint("item_id", "place", name=op.f("pk_item_deadlines")),
    )
