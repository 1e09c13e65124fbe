"""How notices are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader


class NoticeLoader(ByIdLoader):
    service = "notify"
    method = "notices_by_id"
