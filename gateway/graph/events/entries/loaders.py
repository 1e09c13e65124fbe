"""How entries are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader


class EntryLoader(ByIdLoader):
    service = "events"
    method = "entries_by_id"
