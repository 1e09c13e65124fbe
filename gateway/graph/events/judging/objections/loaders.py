"""How objections are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader


class ObjectionLoader(ByIdLoader):
    service = "events"
    method = "objections_by_id"
