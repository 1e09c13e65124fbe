"""Run: one execution of a plan: what it waits for, what went wrong and where, and what became null because of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, NamedTuple, cast

from graphql import (
    ExecutionContext,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLResolveInfo,
    is_non_null_type,
    located_error,
)
from graphql.execution.values import get_argument_values

from gateway.executing.fields import Field

Place = tuple[Any, str | int, bool] | None
"""Where a value stands in the answer: the place around it, its key or index, and whether it may be null; None is the top."""
Holder = dict[str, Any] | list[Any]
Complete = Callable[[Any, "Run", Place, Holder], Any]
"""Makes of what a resolver gave what the answer shows."""
Shown = Callable[[Any, "Run", Place], dict[str, Any]]
Prepared = tuple[GraphQLResolveInfo, dict[str, Any]]


Counted = tuple[Any, int]
"""What is shown, and how many fields it has."""


class Awaited(NamedTuple):
    """A value that is still to come: how it is completed then, and where it goes."""

    complete: Complete
    place: Place
    holder: Holder


class Plan(NamedTuple):
    """An operation compiled: its parts, one for a query and one for each field of a mutation, and those fields."""

    parts: list[Shown]
    commands: list[Field]


class Run(ExecutionContext):
    """graphql-core's own context of an execution, whose variables, errors and answer are its; the fields are the plan's.

    A field's resolver is called once for each parent, with the same `info` and arguments: `info.path` is not known.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.fields = 0
        """How many fields the answer has so far."""
        self.made: dict[tuple[Field, str], Counted] = {}
        """What was shown for a text that a field makes something of."""
        self._data: dict[str, Any] = {}
        self._prepared: dict[Field, Prepared] = {}
        self._nulled: set[Place] = set()
        self._begun: list[tuple[Awaitable[Any], Awaited]] = []
        self._waiting: dict[asyncio.Future[Any], list[Awaited]] = {}
        self._ended: asyncio.Future[None] | None = None

    async def answer(self, plan: Plan) -> ExecutionResult:
        """The answer of the parts of a plan, each begun when the one before it is complete."""
        data: dict[str, Any] = {}
        try:
            self._check(plan.commands)
            for part in plan.parts:
                self._data = part(self.root_value, self, None)
                await self._settled()
                data.update(self._data)
        except GraphQLError as error:
            self._note(error, None)
            return self.build_response(None, self.collected_errors.errors)
        finally:
            await self._leave()
        return self.build_response(data, self.collected_errors.errors)

    def _check(self, commands: list[Field]) -> None:
        """Nothing is done where the arguments of a later command cannot be had; raises GraphQLError."""
        for field in commands:
            try:
                self.prepared(field)
            except GraphQLError as error:
                self.fail(error, field.nodes, (None, field.key, not is_non_null_type(field.definition.type)))

    def prepared(self, field: Field) -> Prepared:
        """What the field's resolver is called with; raises GraphQLError where an argument cannot be had."""
        known = self._prepared.get(field)
        if known is None:
            arguments = get_argument_values(field.definition, field.nodes[0], self.variable_values)
            known = self._prepared[field] = self.info(field), arguments
        return known

    def info(self, field: Field) -> GraphQLResolveInfo:
        return self.build_resolve_info(field.definition, field.nodes, field.parent, None)  # type: ignore[arg-type]

    def remember(self, key: tuple[Field, str], show: Callable[[], Any]) -> Counted:
        """What is shown, remembered for this run if it is whole: nothing is wrong in it, and nothing still to come."""
        fields, open_ends = self.fields, self._open_ends()
        shown = show()
        counted = shown, self.fields - fields
        self.fields = fields
        if self._open_ends() == open_ends:
            self.made[key] = counted
        return counted

    def _open_ends(self) -> int:
        return len(self.collected_errors.errors) + len(self._begun)

    def wait(self, value: Awaitable[Any], complete: Complete, place: Place, holder: Holder) -> None:
        """Complete it when it has come, and put it into its holder; what came of nothing until then is null."""
        self._begun.append((value, Awaited(complete, place, holder)))

    def fail(self, raw: Exception, nodes: list[FieldNode], place: Place) -> None:
        """A field could not be shown: it is null, or whatever is around it and may be null."""
        error = located_error(raw, nodes, list(_steps(place)))
        if not cast(tuple[Any, Any, bool], place)[2]:
            raise error
        self._note(error, place)

    def _note(self, error: GraphQLError, place: Place) -> None:
        """Errors below what is null already are not told."""
        if not self._gone(place):
            self._nulled.add(place)
            self.collected_errors.errors.append(error)

    def _gone(self, place: Place) -> bool:
        while self._nulled and place is not None and place not in self._nulled:
            place = place[0]
        return place in self._nulled

    async def _settled(self) -> None:
        """Until nothing is waited for; raises the GraphQLError that leaves nothing of the data."""
        self._depart()
        if self._waiting:
            self._ended = asyncio.get_running_loop().create_future()
            await self._ended

    def _depart(self) -> None:
        """Begin what the fields shown so far wait for, except below what is null already."""
        begun, self._begun = self._begun, []
        for value, awaited in begun:
            if self._gone(awaited.place):
                _close(value)
                continue
            future = asyncio.ensure_future(value)
            if future not in self._waiting:
                self._waiting[future] = []
                future.add_done_callback(self._arrived)
            self._waiting[future].append(awaited)

    def _arrived(self, future: asyncio.Future[Any]) -> None:
        """Go on where this was waited for; other fields that wait go on by themselves."""
        all_awaited, ended = self._waiting.pop(future, ()), self._ended
        failed = None if future.cancelled() else future.exception()
        if ended is None or ended.done():
            return
        try:
            value = failed or future.result()
            for awaited in all_awaited:
                if not self._gone(awaited.place):
                    self._put(value, awaited)
            self._depart()
        except BaseException as error:  # noqa: BLE001 - whoever waits for the answer raises it
            ended.set_exception(error)
        else:
            if not self._waiting:
                ended.set_result(None)

    def _put(self, value: Any, awaited: Awaited) -> None:
        complete, place, holder = awaited
        try:
            holder[place[1]] = complete(value, self, place, holder)  # type: ignore[index]
        except GraphQLError as error:
            self._null_around(place, error)

    def _null_around(self, place: Place, error: GraphQLError) -> None:
        """What may not be null makes null what is around it; raises where that is all of the data."""
        while place is not None and not place[2]:
            place = place[0]
        if place is None:
            raise error
        if not self._gone(place):
            self._note(error, place)
            *around, last = _steps(place)
            holder: Any = self._data
            for step in around:
                holder = holder[step]
            holder[last] = None

    async def _leave(self) -> None:
        """Nobody waits any more: what was begun for this run ends before it does."""
        for value, _ in self._begun:
            _close(value)
        tasks = [future for future in self._waiting if isinstance(future, asyncio.Task)]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)


def _steps(place: Place) -> Iterator[str | int]:
    """Keys and indexes from the top down."""
    if place is not None:
        yield from _steps(place[0])
        yield place[1]


def _close(value: Awaitable[Any]) -> None:
    """A coroutine that nobody will wait for."""
    close = getattr(value, "close", None)
    if close is not None:
        close()
