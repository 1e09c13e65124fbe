"""names of persons, and what is gathered of one"""

import sqlalchemy as sa
from alembic import op

from kit.data import person_parts_table

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_persons",
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("merged_into", sa.Uuid(as_uuid=False), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_known_persons")),
    )
    op.create_index("ix_known_persons_account", "known_persons", ["account"])
    person_parts_table.create()
