"""what was given up on: since when, in lists by id, and what people did about it"""

from kit.data import parked_table
from kit.process.indexes import PARKED, NewIndex, make

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

indexes = (
    *PARKED,
    NewIndex("ix_confirmations_parked", "confirmations", ("id",), "state = 'parked'"),
    NewIndex("ix_invitation_mails_parked", "invitation_mails", ("id",), "state = 'parked'"),
)


def upgrade() -> None:
    parked_table.create("confirmations", "deliveries", "invitation_mails")
    make(indexes)
