"""Merging: the parts of the agenda that the services give, put in one order; a service that is away leaves the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from aiodataloader import DataLoader

from contracts.agenda import DateKind
from contracts.browsing import MOST_COUNTED
from gateway.rpc import Faulty, Rpc
from kit.broker.bus import Unavailable

SERVICES = ("alliances", "events", "projects")
"""The services that know of dates."""
KNOWN = frozenset(DateKind)
Parts = Mapping[str, Any]


async def parts_of(rpc: Rpc, arguments: dict[str, Any]) -> tuple[Parts, list[str]]:
    """What each service answers to `my_dates`, and which services do not answer.

    Raises Refused where one refuses, and what the first has raised where none answers.
    """
    asked = (rpc.query(service, "my_dates", **arguments) for service in SERVICES)
    found = dict(zip(SERVICES, await asyncio.gather(*asked, return_exceptions=True), strict=True))
    failed = {service: each for service, each in found.items() if isinstance(each, BaseException)}
    for each in failed.values():
        if not isinstance(each, Unavailable | Faulty) or len(failed) == len(SERVICES):
            raise each
    return {service: each for service, each in found.items() if service not in failed}, list(failed)


def merged(parts: Parts, first: int) -> dict[str, Any]:
    """The page of these pages: a cursor of one goes on in all, for they have one order (procedures.agenda).

    Kinds that this gateway does not know yet, of a newer service, are left out.
    """
    pairs = [pair for part in parts.values() for pair in zip(part["nodes"], part["cursors"], strict=True)]
    items = [(item, cursor) for item, cursor in pairs if item["kind"] in KNOWN]
    items.sort(key=lambda pair: _key(pair[0]))
    return {
        "nodes": [item for item, _ in items[:first]],
        "cursors": [cursor for _, cursor in items[:first]],
        "has_next": len(items) > first or any(part["has_next"] for part in parts.values()),
    }


class DatesCount(DataLoader[Any, Any]):
    """How many things are due, in all services that answer together."""

    def __init__(self, rpc: Rpc) -> None:
        super().__init__()
        self._rpc = rpc

    async def batch_load_fn(self, keys: list[bytes]) -> list[Any]:
        counted: list[Any] = await asyncio.gather(*map(self._counted, keys), return_exceptions=True)
        return counted

    async def _counted(self, key: bytes) -> dict[str, Any]:
        parts, _ = await parts_of(self._rpc, {**orjson.loads(key), "counted": True})
        total = sum(part["total"] for part in parts.values())
        more = total > MOST_COUNTED or any(part["more"] for part in parts.values())
        return {"total": min(total, MOST_COUNTED), "more": more}


def _key(item: dict[str, Any]) -> tuple[datetime, str, str]:
    due_at = item["due_at"]
    moment = datetime.fromisoformat(due_at) if isinstance(due_at, str) else due_at
    return moment, item["kind"], item["subject_id"]
