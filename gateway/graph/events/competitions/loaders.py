"""How competitions and what belongs to them are loaded, many in one call."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from aiodataloader import DataLoader

from gateway.graph.loading import ByIdLoader
from gateway.rpc import Rpc


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


class QuotasLoader(DataLoader[str, list[dict[str, Any]]]):
    """The quotas of many tracks: loads a track's id as its quotas by province."""

    max_batch_size = 100

    def __init__(self, rpc: Rpc) -> None:
        super().__init__()
        self._rpc = rpc

    async def batch_load_fn(self, keys: list[str]) -> list[list[dict[str, Any]]]:
        by_track: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for quota in await self._rpc.query("events", "quotas", track_ids=keys):
            by_track[quota["track_id"]].append(quota)
        return [by_track[key] for key in keys]
