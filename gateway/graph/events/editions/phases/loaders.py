"""How phases are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader, PartsLoader


class PhaseLoader(ByIdLoader):
    service = "events"
    method = "phases_by_id"


class PhasesLoader(PartsLoader):
    service = "events"
    method = "phases"
    whole = "competition_id"
