"""How results are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader


class ResultLoader(ByIdLoader):
    service = "events"
    method = "results_by_id"
