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


class EntryLoader(ByIdLoader):
    service = "events"
    method = "entries_by_id"


class QuotasLoader(PartsLoader):
    service = "events"
    method = "quotas"
    whole = "track_id"
