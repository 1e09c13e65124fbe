"""How score sheets are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader


class SheetLoader(ByIdLoader):
    service = "events"
    method = "sheets_by_id"
