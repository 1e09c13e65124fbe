"""How plans and their parts are loaded, many in one call."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, ClassVar

from aiodataloader import DataLoader

from gateway.graph.loading import ByIdLoader
from gateway.rpc import Rpc


class PlanLoader(ByIdLoader):
    service = "projects"
    method = "plans_by_id"


class PlanSectionLoader(ByIdLoader):
    service = "projects"
    method = "plan_sections_by_id"


class WorkItemLoader(ByIdLoader):
    service = "projects"
    method = "work_items_by_id"


class _FirstOfPlanLoader(DataLoader[tuple[str, int], dict[str, Any]]):
    """The first parts of many plans: loads (plan id, how many) as a page of its parts."""

    method: ClassVar[str]
    max_batch_size = 100

    def __init__(self, rpc: Rpc) -> None:
        super().__init__()
        self._rpc = rpc

    async def batch_load_fn(self, keys: list[tuple[str, int]]) -> list[dict[str, Any]]:
        most = max(first for _, first in keys)
        ids = sorted({plan_id for plan_id, _ in keys})
        by_plan: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for part in await self._rpc.query("projects", self.method, plan_ids=ids, first=most):
            by_plan[part["plan_id"]].append(part)
        return [_page(by_plan[plan_id], first) for plan_id, first in keys]


class FirstSectionsLoader(_FirstOfPlanLoader):
    method = "first_sections"


class FirstItemsLoader(_FirstOfPlanLoader):
    method = "first_items"


class TargetsLoader(DataLoader[str, list[dict[str, Any]]]):
    """The targets of many items: loads an item's id as its targets."""

    max_batch_size = 100

    def __init__(self, rpc: Rpc) -> None:
        super().__init__()
        self._rpc = rpc

    async def batch_load_fn(self, keys: list[str]) -> list[list[dict[str, Any]]]:
        by_item: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for target in await self._rpc.query("projects", "targets", item_ids=keys):
            by_item[target["item_id"]].append(target)
        return [by_item[key] for key in keys]


def _page(parts: list[dict[str, Any]], first: int) -> dict[str, Any]:
    shown = parts[:first]
    return {"nodes": shown, "cursors": [part["cursor"] for part in shown], "has_next": len(parts) > first}
