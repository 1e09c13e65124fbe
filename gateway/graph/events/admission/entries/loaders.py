"""How entries and their members are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader, PartsLoader


class EntryLoader(ByIdLoader):
    service = "events"
    method = "entries_by_id"


class MembersLoader(PartsLoader):
    """By entry; the service takes `entry_ids`."""

    service = "events"
    method = "members"
    whole = "entry_id"
