"""name keys: series, tracks, venues and contestants whose names are the same to a reader cannot both be entered"""

from kit.data.keys_of_old_names import add_keys

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_keys("series", "name_key", "name_zh")
    add_keys("tracks", "name_key", "name_zh", ("edition_id",))
    add_keys("venues", "name_key", "name_zh", ("edition_id",))
    standing = "status IN ('entered', 'waiting', 'offered') AND erased_at IS NULL"
    add_keys("entries", "contestant_key", "contestant", ("track_id", "organization_id"), where=standing)
