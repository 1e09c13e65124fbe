"""How competitions and what belongs to them are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader, PartsLoader


class SeriesLoader(ByIdLoader):
    service = "events"
    method = "series_by_id"


class CompetitionLoader(ByIdLoader):
    service = "events"
    method = "competitions_by_id"


class TrackLoader(ByIdLoader):
    service = "events"
    method = "tracks_by_id"


class RoundLoader(ByIdLoader):
    service = "events"
    method = "rounds_by_id"


class StageLoader(ByIdLoader):
    service = "events"
    method = "stages_by_id"


class StagesLoader(PartsLoader):
    service = "events"
    method = "stages"
    whole = "round_id"


class RuleSetsLoader(PartsLoader):
    service = "events"
    method = "rule_sets"
    whole = "competition_id"
