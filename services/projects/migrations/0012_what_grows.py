"""mergers found by either side, invitations by whom they wait for"""

from kit.process.indexes import NewIndex, make

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
indexes = (
    NewIndex("ix_mergers_other", "mergers", ("other_id", "id")),
    NewIndex("ix_participants_invited", "participants", ("organization_id", "project_id"), "status = 'invited'"),
)


def upgrade() -> None:
    make(indexes)
