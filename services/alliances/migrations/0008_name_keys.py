"""name keys: organisations of one region and alliances whose names are the same to a reader cannot both be entered"""

from kit.data.keys_of_old_names import add_keys

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_keys("organizations", "name_key", "name_zh", ("region",))
    add_keys("alliances", "name_key", "name_zh")
