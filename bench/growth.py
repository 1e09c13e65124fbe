"""Growth: what every list, look-up, inbox and ranking costs in a large PostgreSQL database, beside the same in a small one.

Whoever may ask, asks the services themselves, small and large in turn; an answer may take 1.3 times as long where there are a
hundred times as many rows. `--size growth_most=1000000` takes a million. Where there is more to show, the small one's time is
taken as many times as the answer is longer. One that takes longer has grown only if PostgreSQL reads that much more for it too,
in blocks or in rows: another user of the machine makes it slower, but reads nothing.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson

from bench.sizes import size
from bench.turns import OURS, Figure, as_fast, row, times_as_fast, turns_wanted
from hub.services import all_services
from kit.calls.service import Service
from kit.context import Context
from kit.data.db import KitTable
from kit.process.runtime import Runtime
from kit.viewer import Viewer
from kit.wire.request import Payload, Request
from tests.clock import StandingClock
from tests.databases.ground import GROUND, hub_of
from tests.growth.filling import fill
from tests.growth.lists import Question, questions
from tests.growth.plans import captured, explained
from tests.growth.rows import ROWS, VIEWERS
from tests.growth.test_lists_and_their_indexes import WHOLE
from tests.servers.postgres import PostgreSQL

GROWING = (
    "organizations", "organization_names", "memberships", "entries", "members", "quota_tree", "participants",
    "works", "score_sheets", "judge_assignments", "blind_codes", "awards", "announcements", "notices", "deliveries",
    "editions", "outbox", "inbox", "grants", "work_items", "plan_sections", "projects",
)  # fmt: skip
"""The tables that grow; of the others there are a thousand rows."""
WAYS = (*VIEWERS, "somebody", "")
AGAIN = 2  # answers of a turn, of which the quickest counts
MOST, SUSPECT = 1.3, 1.15
FEW, OF_ROW = 20, 4  # rows; and blocks that an index and its table read for one row, where a small table is read whole
KINDS: dict[str, Callable[[str], bool]] = {
    "inbox page": lambda method: "notice" in method or "unread" in method,
    "ranking page": lambda method: "ranking" in method,
    "node look-up": lambda method: method.endswith(("_by_id", "_by_number")),
    "list": lambda _: True,
}
"""What is asked, by the name of the method; the first that fits."""

Read = dict[str, int]
Sides = dict[str, dict[str, Runtime]]
"""The services by name, on the large database and on the small one."""


@dataclass
class Asked:
    """One question of one viewer, and by side its milliseconds turn by turn, and the bytes that are shown."""

    question: Question
    service: str
    viewer: str
    turns: dict[str, list[float]]
    shown: dict[str, int] = field(default_factory=dict)
    read: Read = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, Figure]:
        ours, theirs = self.shown.values()
        more = {OURS: 1.0}  # the small one shows as much, so many times
        return {
            side: Figure(tuple(number * more.get(side, max(1.0, ours / theirs)) for number in numbers))
            for side, numbers in self.turns.items()
        }

    @property
    def times(self) -> float:
        """How many times as long it takes in the large database."""
        ours, theirs = self.figures.values()
        return 1 / times_as_fast("ms", ours, theirs).median

    @property
    def kind(self) -> str:
        return next(kind for kind, fits in KINDS.items() if fits(self.question.method))

    def __str__(self) -> str:
        given = self.question.arguments.values()
        said = [str(value) for value in given if isinstance(value, str) and len(value) < 30]
        return " ".join([f"{self.service}.{self.question}", *said, f"for {self.viewer or 'a visitor'}"])


def measure(database: PostgreSQL) -> list[dict[str, Any]]:
    """A row for what grows most of each kind, and for all that grows more than it may."""
    most, least = (f"{size(name):,} rows" for name in ("growth_most", "growth_least"))
    sizes = {OURS: size("growth_most"), least: size("growth_least")}
    with ExitStack() as stack:
        numbers = {side: {"": 1_000} | dict.fromkeys(GROWING, rows) for side, rows in sizes.items()}
        sides = {
            side: stack.enter_context(filled(database, number, all_services())) for side, number in numbers.items()
        }
        return compared(sides, most, least)


def compared(sides: Sides, most: str, least: str, viewers: Sequence[str] = WAYS) -> list[dict[str, Any]]:
    """All that these may ask on both sides, as `measure` tells of it; `most` and `least` say how large they are."""
    asked = list(_asked(sides, viewers))
    _turn(asked, sides)
    looked_at = list(_to_look_at(asked))
    for each in looked_at:
        each.turns = {side: [] for side in sides}
    for _ in range(turns_wanted()):
        _turn(looked_at, sides)
    grown = _grown(asked, sides)
    rows = _rows(asked, grown, most, least)
    return [*rows, *({"what": str(each), **each.read} for each in grown), {"asked": len(asked)}]


def _turn(asked: list[Asked], sides: Sides) -> None:
    for each in asked:
        for side, services in sides.items():
            each.turns[side].append(_milliseconds(services[each.service], each))


def _to_look_at(asked: list[Asked]) -> Iterator[Asked]:
    """Behind a first turn, all that may have grown, and of each kind the one in the middle."""
    for kind in KINDS:
        of_kind = sorted((each for each in asked if each.kind == kind), key=lambda each: each.times)
        middle = len(of_kind) // 2
        yield from (each for place, each in enumerate(of_kind) if place == middle or each.times > SUSPECT)


def _grown(asked: list[Asked], sides: Sides) -> list[Asked]:
    """Those that grow more than they may, of each question its worst viewer, the worst first."""
    found: dict[tuple[str, str], Asked] = {}
    for each in sorted(asked, key=lambda each: -each.times):
        if each.times > MOST and (each.service, str(each.question)) not in found:
            each.read = _read(sides, each)
            if _reads_more(list(each.read.values())):
                found[each.service, str(each.question)] = each
    return list(found.values())


def _reads_more(read: list[int]) -> bool:
    blocks, rows, blocks_before, rows_before = read
    return blocks > MOST * blocks_before + OF_ROW * rows or rows > MOST * rows_before + FEW


def _rows(asked: list[Asked], grown: list[Asked], most: str, least: str) -> Iterator[dict[str, Any]]:
    """Of each kind what has grown; where nothing has, the one in the middle."""
    for kind in KINDS:
        of_kind = sorted((each for each in asked if each.kind == kind), key=lambda each: each.times)
        whole = [each for each in of_kind if len(each.turns[OURS]) == turns_wanted()]
        for each in [each for each in grown if each.kind == kind] or whole[len(whole) // 2 :][:1]:
            what = f"{most}, {len(of_kind)} times {kind}: {each}"
            yield row(what, "ms", each.figures, as_fast(1 / MOST), peer=least)


def _asked(sides: Sides, viewers: Sequence[str] = WAYS) -> Iterator[Asked]:
    """All that is answered on both sides; what reads a whole stage or track by its nature is left out (docs/scaling.md)."""
    for service in next(iter(sides.values())):
        for question in questions(next(iter(sides.values()))[service].service_class):
            for viewer in viewers if question.method == "ranking" or question.method not in WHOLE else ():
                each = Asked(question, service, viewer, {side: [] for side in sides})
                answers = {side: _answer(services[service], each) for side, services in sides.items()}
                if all(answer and not answer["error"] for answer in answers.values()):
                    each.shown = {side: len(orjson.dumps(answer)) for side, answer in answers.items()}
                    yield each


def _answer(runtime: Runtime, asked: Asked) -> Payload | None:
    question = asked.question
    return runtime.answer(Request(question.method, dict(question.arguments), Context(Viewer(asked.viewer))))


def _milliseconds(runtime: Runtime, asked: Asked) -> float:
    found = []
    for _ in range(AGAIN):
        began = time.perf_counter()
        _answer(runtime, asked)
        found.append((time.perf_counter() - began) * 1000)
    return min(found)


def _read(sides: Sides, asked: Asked) -> Read:
    """Blocks of 8 KiB and rows that all statements of a question read, on each side."""
    found: Read = {}
    for side, services in sides.items():
        engine = services[asked.service].database.engine
        with captured(engine) as statements:
            _answer(services[asked.service], asked)
        with engine.connect() as connection:
            plans = [explained(connection, statement, whole=True) for statement in statements]
        found[f"blocks, {side}"] = sum(plan.buffers for plan in plans)
        found[f"rows, {side}"] = sum(plan.rows for plan in plans)
    return found


@contextmanager
def filled(
    database: PostgreSQL, number: dict[str, int], services: Iterable[type[Service]]
) -> Iterator[dict[str, Runtime]]:
    """These services on databases that have so many rows a table, each table by one INSERT … SELECT generate_series."""
    with tempfile.TemporaryDirectory() as home, GROUND.on(database):
        os.environ["HUB_HOME"] = home
        runtimes = hub_of(services, StandingClock()).runtimes
        for runtime in runtimes.values():
            fill_whole(runtime, number)
        yield runtimes
        for runtime in runtimes.values():
            runtime.database.close()


def fill_whole(runtime: Runtime, number: dict[str, int], said: Mapping[str, str] = ROWS) -> None:
    """Fill the tables of the service, and those that every service has."""
    with runtime.database.engine.begin() as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        fill(connection, KitTable.metadata, number, said)
        fill(connection, runtime.service_class.tables, number, said)
    with runtime.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(
            "VACUUM"
        )  # or it runs beside the questions, and some are asked before it and some behind
