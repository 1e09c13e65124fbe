"""Loading: many loads of one turn of the loop become one call to a service."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, ClassVar

import orjson
from aiodataloader import DataLoader

from contracts.base import Refusal
from contracts.browsing import Stretch
from contracts.forms import MOST_ASKED
from gateway.rpc import Refused, Rpc

Thing = dict[str, Any]
PageKey = tuple[str, Stretch]
ListKey = tuple[str, str, bytes]
STRETCH = frozenset(field.name for field in fields(Stretch))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page of a list was asked for: the one behind a cursor, of a `whole` that a loader `counts`."""

    after: str | None = None
    counts: type[Any] | None = None
    whole: Any = None


class ServiceLoader(DataLoader[Any, Any]):
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


class ByIdLoader(ServiceLoader):
    """Loads things by id; the method takes `ids` and leaves out what it has not.

    What was merged into another thing comes as that one, which says under which `merged_ids` it was asked for too.
    """

    async def batch_load_fn(self, keys: list[str]) -> list[Thing | None]:
        found = await self.ask(ids=keys)
        by_id = {each["id"]: each for each in found}
        by_id |= {merged: each for each in found for merged in each.get("merged_ids", ())}
        return [by_id.get(key) for key in keys]


class PartsLoader(ServiceLoader):
    """Loads the parts of a whole by its id; `whole` names that id in each part, as `track_id`."""

    whole: ClassVar[str]

    async def batch_load_fn(self, keys: list[str]) -> list[list[Thing]]:
        parts = _by_whole(await self.ask(**{f"{self.whole}s": keys}), self.whole)
        return [parts[key] for key in keys]


class FirstPartsLoader(ServiceLoader):
    """Loads a page of the parts of a whole by (its id, which stretch of them).

    The method gives one more than a page has, if there are more. There is a call for each cursor: these are as many as the
    document has, not as many as there are rows.
    """

    whole: ClassVar[str]

    async def batch_load_fn(self, keys: list[PageKey]) -> list[Thing]:
        places = list(dict.fromkeys(_place(stretch) for _, stretch in keys))
        found = await asyncio.gather(*(self._at(place, keys) for place in places), return_exceptions=True)
        parts = dict(zip(places, found, strict=True))
        return [_page_of(parts[_place(stretch)], whole_id, stretch, self._count) for whole_id, stretch in keys]

    async def _at(self, place: Stretch, keys: list[PageKey]) -> defaultdict[str, list[Thing]]:
        asked = [(whole_id, stretch) for whole_id, stretch in keys if _place(stretch) == place]
        ids, most = sorted({whole_id for whole_id, _ in asked}), max((stretch for _, stretch in asked), key=_size)
        which = {"first": most.first, "after": most.after, "last": most.last, "before": most.before}
        found = await self.ask(**{f"{self.whole}s": ids}, **which)
        return _by_whole(found, self.whole)

    @property
    def _count(self) -> type[ServiceLoader]:
        return numbers_by_whole(self.service, self.method, self.whole)


class NumbersLoader(ServiceLoader):
    """Has the parts of wholes counted, of many by one call."""

    whole: ClassVar[str]

    async def batch_load_fn(self, keys: list[str]) -> list[Thing | None]:
        found = await self.ask(**{f"{self.whole}s": keys}, counted=True)
        numbers = {each[self.whole]: each for each in found}
        return [numbers.get(key) for key in keys]


class Counts(DataLoader[Any, Any]):
    """Has lists counted, each once, by the question that asks for a page of it."""

    def __init__(self, rpc: Rpc) -> None:
        super().__init__()
        self._rpc = rpc

    async def batch_load_fn(self, keys: list[ListKey]) -> list[Any]:
        return await asyncio.gather(*map(self._counted, keys), return_exceptions=True)

    async def _counted(self, key: ListKey) -> Thing:
        service, method, arguments = key
        found: Thing = await self._rpc.query(service, method, **orjson.loads(arguments), counted=True)
        return found


def list_key(service: str, method: str, arguments: Thing) -> ListKey:
    """The whole list of which these arguments ask for a page; it is as long in every order."""
    whole = {name: value for name, value in arguments.items() if name not in STRETCH and value is not None}
    return service, method, orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)


class QuestionLoader(ServiceLoader):
    """Loads the answers to questions about things; the method takes them as `asked` and gives each {answer, problems}."""

    max_batch_size = MOST_ASKED

    async def batch_load_fn(self, keys: list[tuple[tuple[str, Any], ...]]) -> list[Any]:
        return [_answer(each) for each in await self.ask(asked=[dict(key) for key in keys])]


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


@cache
def numbers_by_whole(service: str, method: str, whole: str) -> type[NumbersLoader]:
    """The loader of how many parts a whole has that asks this method."""
    return type(f"{method}_numbers", (NumbersLoader,), {"service": service, "method": method, "whole": whole})


def _by_whole(parts: list[Thing], whole: str) -> defaultdict[str, list[Thing]]:
    grouped: defaultdict[str, list[Thing]] = defaultdict(list)
    for part in parts:
        grouped[part[whole]].append(part)
    return grouped


@cache
def by_question(service: str, method: str) -> type[QuestionLoader]:
    """The loader of answers to questions that asks this method."""
    return type(f"{method}_loader", (QuestionLoader,), {"service": service, "method": method})


def _answer(found: Thing) -> Any:
    """An answer, or the refusal that whoever asked for it raises."""
    return Refused([Refusal.of(problem) for problem in found["problems"]]) if found["problems"] else found["answer"]


def _place(stretch: Stretch) -> Stretch:
    """Where a stretch begins and which way it goes, however long it is."""
    return replace(stretch, first=stretch.first and 1, last=stretch.last and 1)


def _size(stretch: Stretch) -> int:
    return max(stretch.first or 0, stretch.last or 0)


def _page_of(
    parts: defaultdict[str, list[Thing]] | BaseException, whole_id: str, stretch: Stretch, count: type[ServiceLoader]
) -> Any:
    """The page of one whole; a refusal, as of the cursor, is raised by whoever asked for its page."""
    if isinstance(parts, BaseException):
        return parts
    found, size = parts[whole_id], stretch.size or len(parts[whole_id])
    shown = found[-size:] if stretch.backwards else found[:size]
    beyond = len(found) > size
    page = {
        "nodes": shown,
        "cursors": [part["cursor"] for part in shown],
        "asked": Asked(stretch.after, count, whole_id),
    }
    if stretch.backwards:
        return {**page, "has_next": stretch.before is not None, "has_previous": beyond}
    return {**page, "has_next": beyond}
