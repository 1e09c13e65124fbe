"""How judges are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader


class CandidateLoader(ByIdLoader):
    service = "events"
    method = "judge_candidates_by_id"


class DrawLoader(ByIdLoader):
    service = "events"
    method = "draws_by_id"


class SeatLoader(ByIdLoader):
    service = "events"
    method = "seats_by_id"
