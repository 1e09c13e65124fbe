"""How memberships are loaded, many in one call."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from aiodataloader import DataLoader

from gateway.graph.loading import ByIdLoader
from gateway.rpc import Rpc


class MembershipLoader(ByIdLoader):
    service = "alliances"
    method = "memberships_by_id"


class FirstMembersLoader(DataLoader[tuple[str, int], dict[str, Any]]):
    """The first members of many alliances: loads (alliance id, how many) as a page of memberships."""

    max_batch_size = 100

    def __init__(self, rpc: Rpc) -> None:
        super().__init__()
        self._rpc = rpc

    async def batch_load_fn(self, keys: list[tuple[str, int]]) -> list[dict[str, Any]]:
        most = max(first for _, first in keys)
        ids = sorted({alliance_id for alliance_id, _ in keys})
        pages = await self._rpc.query("alliances", "first_members", alliance_ids=ids, first=most)
        by_alliance: defaultdict[str, list[Any]] = defaultdict(list)
        for member in pages:
            by_alliance[member["alliance_id"]].append(member)
        return [_page(by_alliance[alliance_id], first) for alliance_id, first in keys]


def _page(members: list[dict[str, Any]], first: int) -> dict[str, Any]:
    shown = members[:first]
    return {"nodes": shown, "cursors": [member["cursor"] for member in shown], "has_next": len(members) > first}
