"""How quotas are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader, PartsLoader


class QuotaLoader(ByIdLoader):
    service = "events"
    method = "quotas_by_id"


class QuotasLoader(PartsLoader):
    service = "events"
    method = "quotas"
    whole = "track_id"
