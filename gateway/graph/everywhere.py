"""Everywhere: lists of which every service has a part, put in one order; a service that is away leaves the rest standing."""

from __future__ import annotations

import asyncio
import base64
import csv
from collections.abc import Callable, Collection, Mapping
from operator import gt, lt
from typing import Any

import graphene
import orjson
from aiodataloader import DataLoader
from graphql import GraphQLResolveInfo

from contracts.browsing import MOST_COUNTED
from gateway.graph.inputs import Form, arguments_of, call_of, says, taken
from gateway.graph.loading import STRETCH, Asked
from gateway.graph.relations import FIRST
from gateway.graph.relay import connection
from gateway.protocol.calling import calls
from gateway.rpc import Faulty, Rpc
from kit.broker.bus import Unavailable
from kit.settings import SERVICES

MISSING = (
    "{service} 服务暂时不可用，其部分未列出。",
    "The service {service} is not available; its part is missing.",
)
Parts = Mapping[str, Any]
Services = Collection[str]
Key = Callable[[Any], Any]


async def parts_of(rpc: Rpc, services: Services, method: str, arguments: Mapping[str, Any]) -> tuple[Parts, list[str]]:
    """What each service answers, and which services do not answer.

    Raises Refused where one refuses, and what the first has raised where none answers.
    """
    asked = (rpc.query(service, method, **arguments) for service in services)
    found = dict(zip(services, await asyncio.gather(*asked, return_exceptions=True), strict=True))
    failed = {service: each for service, each in found.items() if isinstance(each, BaseException)}
    for each in failed.values():
        if not isinstance(each, Unavailable | Faulty) or len(failed) == len(services):
            raise each
    return {service: each for service, each in found.items() if service not in failed}, list(failed)


class CountsEverywhere(DataLoader[Any, Any]):
    """How long a list is, in all services that answer together; by the services, the method and the arguments."""

    def __init__(self, rpc: Rpc) -> None:
        super().__init__()
        self._rpc = rpc

    async def batch_load_fn(self, keys: list[tuple[tuple[str, ...], str, bytes]]) -> list[Any]:
        counted: list[Any] = await asyncio.gather(*(self._counted(*key) for key in keys), return_exceptions=True)
        return counted

    async def _counted(self, services: tuple[str, ...], method: str, arguments: bytes) -> dict[str, Any]:
        parts, failed = await parts_of(self._rpc, services, method, {**orjson.loads(arguments), "counted": True})
        total = sum(part["total"] for part in parts.values())
        more = bool(failed) or total > MOST_COUNTED or any(part["more"] for part in parts.values())
        return {"total": min(total, MOST_COUNTED), "more": more}


def in_one_order(
    parts: Parts,
    first: int,
    key: Key,
    *,
    known: Callable[[Any], bool] = bool,
    last_first: bool = False,
    place: Key = tuple,
) -> dict[str, Any]:
    """The page of these pages: a cursor of one goes on in all, for they have one order, that of this key.

    `place` makes this key of what a cursor holds. What is not `known` here yet, of a newer service, is left out. Nothing is
    shown behind the end of a part that has more, so that no row is jumped over which that part has not given yet.
    """
    pairs = [pair for part in parts.values() for pair in zip(part["nodes"], part["cursors"], strict=True)]
    ends = [end for part in parts.values() if part["has_next"] for end in _end_of(part, key, place)]
    nearest = sorted(ends, key=lambda end: end[0], reverse=last_first)[:1]
    behind = lt if last_first else gt
    seen = [pair for pair in pairs if known(pair[0]) and not any(behind(key(pair[0]), end) for end, _ in nearest)]
    shown = sorted(seen, key=lambda pair: key(pair[0]), reverse=last_first)
    return {
        "nodes": [item for item, _ in shown[:first]],
        "cursors": [cursor for _, cursor in shown[:first]],
        "has_next": len(shown) > first or bool(ends),
        "incidents": [incident for part in parts.values() for incident in part.get("incidents", ())],
        "end": nearest[0][1] if nearest and len(shown) <= first else None,
    }


def _end_of(part: Any, key: Key, place: Key) -> list[tuple[Any, str]]:
    """Up to where a part was read, which may be behind what it shows: the key and the cursor."""
    if end := part.get("end"):
        return [(place(_held(end)), end)]
    return [(key(item), cursor) for item, cursor in zip(part["nodes"][-1:], part["cursors"][-1:], strict=True)]


def _held(cursor: str) -> list[str]:
    """What a cursor of such a list holds, which is texts alone; read here, since what writes it needs all of SQLAlchemy."""
    [held] = csv.reader([base64.urlsafe_b64decode(cursor).decode().removeprefix(">")], delimiter="~")
    return [each.removeprefix("s:") for each in held]


def asked_of(services: Services, method: str, arguments: Mapping[str, Any]) -> Asked:
    """Which page it is, of a list that is counted everywhere."""
    whole = {name: value for name, value in arguments.items() if name not in STRETCH and value is not None}
    return Asked(arguments.get("after"), CountsEverywhere, (tuple(services), method, orjson.dumps(whole)))


def missing(info: GraphQLResolveInfo, failed: list[str], words: tuple[str, str] = MISSING) -> list[dict[str, str]]:
    """The services that did not answer, each with a sentence in the viewer's language."""
    text = info.context.in_language(*words)
    return [{"service": each, "message": text.format(service=each)} for each in failed]


class MissingPart(graphene.ObjectType):
    """A service that does not answer, whose part is missing from what is shown."""

    service = graphene.String(required=True, description="Which service: alliances, events, projects or notify.")
    message = graphene.String(required=True, description="That its part is missing, in the viewer's language.")


def in_parts(kind: Any, what: str) -> type[graphene.ObjectType]:
    """The connection of a list that services have parts of: it names those that are missing."""
    words = "The services that do not answer now; the rest stands. Empty where the page is whole."
    fields = {
        "missing": graphene.List(graphene.NonNull(MissingPart), required=True, description=words),
        "__doc__": f"A page of {what}, and what could not be asked for it.",
    }
    page: Any = connection(kind)
    return type(f"{kind._meta.name}Connection", (page,), fields)


def listed_everywhere(form: Form, kind: type[graphene.ObjectType], what: str, key: Key) -> graphene.Field:
    """A list that every service has a part of, what has the greatest key first; the form is a Page that can be counted."""
    _, method = call_of(form)

    @calls
    async def resolve(_root: Any, info: GraphQLResolveInfo, **given: Any) -> dict[str, Any]:
        arguments = {"first": FIRST, **taken(form, given)}
        parts, failed = await parts_of(info.context.rpc, SERVICES, method, arguments)
        page = in_one_order(parts, arguments["first"] or FIRST, key, last_first=True)
        return {**page, "missing": missing(info, failed), "asked": asked_of(SERVICES, method, arguments)}

    return graphene.Field(in_parts(kind, what), resolver=resolve, description=says(form), args=arguments_of(form))
