"""Loading: many loads of one turn of the loop become one call to a service."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any, ClassVar

from aiodataloader import DataLoader

from gateway.rpc import Rpc

Thing = dict[str, Any]


class _ServiceLoader(DataLoader[Any, Any]):
    """Asks one method of one service; a subclass of those below names both."""

    service: ClassVar[str]
    method: ClassVar[str]
    max_batch_size = 100

    def __init__(self, rpc: Rpc) -> None:
        super().__init__()
        self._rpc = rpc

    async def ask(self, **arguments: Any) -> list[Thing]:
        found: list[Thing] = await self._rpc.query(self.service, self.method, **arguments)
        return found


class ByIdLoader(_ServiceLoader):
    """Loads things by id; the method takes `ids` and leaves out what it has not."""

    async def batch_load_fn(self, keys: list[str]) -> list[Thing | None]:
        by_id = {each["id"]: each for each in await self.ask(ids=keys)}
        return [by_id.get(key) for key in keys]


class PartsLoader(_ServiceLoader):
    """Loads the parts of a whole by its id; `whole` names that id in each part, as `track_id`."""

    whole: ClassVar[str]

    async def batch_load_fn(self, keys: list[str]) -> list[list[Thing]]:
        parts = _by_whole(await self.ask(**{f"{self.whole}s": keys}), self.whole)
        return [parts[key] for key in keys]


class FirstPartsLoader(_ServiceLoader):
    """Loads a page of the first parts of a whole by (its id, how many); the method gives one more, if there are more."""

    whole: ClassVar[str]

    async def batch_load_fn(self, keys: list[tuple[str, int]]) -> list[Thing]:
        ids = sorted({whole_id for whole_id, _ in keys})
        most = max(first for _, first in keys)
        parts = _by_whole(await self.ask(**{f"{self.whole}s": ids}, first=most), self.whole)
        return [_page(parts[whole_id], first) for whole_id, first in keys]


@cache
def by_id(service: str, method: str) -> type[ByIdLoader]:
    """The loader of things by id that asks this method."""
    return type(f"{method}_loader", (ByIdLoader,), {"service": service, "method": method})


@cache
def by_whole(service: str, method: str, whole: str) -> type[PartsLoader]:
    """The loader of all parts of a whole that asks this method."""
    return type(f"{method}_loader", (PartsLoader,), {"service": service, "method": method, "whole": whole})


@cache
def first_by_whole(service: str, method: str, whole: str) -> type[FirstPartsLoader]:
    """The loader of the first parts of a whole that asks this method."""
    return type(f"{method}_loader", (FirstPartsLoader,), {"service": service, "method": method, "whole": whole})


def _by_whole(parts: list[Thing], whole: str) -> defaultdict[str, list[Thing]]:
    grouped: defaultdict[str, list[Thing]] = defaultdict(list)
    for part in parts:
        grouped[part[whole]].append(part)
    return grouped


def _page(parts: list[Thing], first: int) -> Thing:
    shown = parts[:first]
    return {"nodes": shown, "cursors": [part["cursor"] for part in shown], "has_next": len(parts) > first}
