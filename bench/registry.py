"""Registry: what 50,000 organisations and 300,000 memberships cost beside 1,000 and 6,000: every list, counts, and an import.

Lists and look-ups are asked as `growth` asks them, of the alliances service alone; how search grows is the question `searches`.
An import is judged by its own bounds (2,000 rows previewed within 5 s, carried out within 30 s as a job) and by processor
time, ours and PostgreSQL's, which other users of the machine do not change.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from bench.broadcast import processor
from bench.growth import MOST, compared, fill_whole
from bench.sizes import size
from bench.turns import OURS, Figure, Reach, as_fast, at_most, row, turns_wanted
from tests.databases.ground import GROUND
from tests.growth.filling import id_of
from tests.growth.rows import ROWS
from tests.servers.postgres import PostgreSQL
from tests.services.alliances.alliances_hub import AlliancesHub

OF_ORGANIZATIONS = ("organizations", "organization_names", "organization_fragments", "official_names", "grants")
OF_MEMBERSHIPS = ("memberships", "membership_steps", "class_periods", "membership_terms", "outbox")
EACH = 6  # memberships of an organisation
MEMBERS = 150  # of an alliance
PREVIEW, IMPORT = 5, 30  # seconds
HEAD = "序号,单位名称（必填）,英文名称,单位类别,行政区划代码,统一社会信用代码,其他名称\n"
SAID = {
    **ROWS,
    "memberships.alliance_id": "{alliances}",
    "official_names.organization_id": "{organizations}",  # a body has few names, a membership few classes and terms
    "class_periods.membership_id": "{memberships}",
    "membership_terms.membership_id": "{memberships}",
}
VIEWERS = ("hub-office", "secretariat")
"""Who asks: who sees most, and who sees a part; each answer costs more of Python than of PostgreSQL."""
IMPORTS = 2
"""Turns of the import, which takes the longest of all by far."""
COUNTED = 3
"""The alliance whose members are counted: one of the many, as large on both sides."""
AGAIN = 5


def measure(database: PostgreSQL) -> list[dict[str, Any]]:
    """Rows for what grows, for the figures of one alliance, and for an import into either registry."""
    most, least = size("registry_most"), size("registry_least")
    peer = f"{least:,} organisations"
    with ExitStack() as stack:
        sizes = {OURS: most, peer: least}
        hubs = {side: stack.enter_context(_hub(database, number)) for side, number in sizes.items()}
        sides = {side: {"alliances": hub.runtime} for side, hub in hubs.items()}
        return [
            *compared(sides, f"{most:,} organisations", peer, VIEWERS),
            _by_turns("members of one alliance counted", "ms", as_fast(1 / MOST), hubs, _count),
            *_imports(hubs, most),
        ]


def _imports(hubs: dict[str, AlliancesHub], most: int) -> Iterator[dict[str, Any]]:
    """What an import of new organisations takes, step by step; each is one of others."""
    taken: dict[str, list[dict[str, float]]] = {side: [] for side in hubs}
    for turn in range(min(IMPORTS, turns_wanted())):
        for side, hub in hubs.items():
            taken[side].append(_import(hub, turn))
    bounds: dict[str, Reach] = {"preview": at_most(PREVIEW), "import": at_most(IMPORT)}
    for name in taken[OURS][0]:
        figures = {side: Figure(tuple(each[name] for each in turns)) for side, turns in taken.items()}
        what = f"{size('registry_rows'):,} new members: {name}, {most:,} organisations"
        yield row(
            what, "s", figures, bounds.get(name, as_fast(1 / MOST)), peer=next(side for side in hubs if side != OURS)
        )


def _import(hub: AlliancesHub, turn: int) -> dict[str, float]:
    alliance = hub.alliance(name_zh=f"第{turn}次导入联盟", name_en=f"Alliance of import {turn}")
    given = {"alliance_id": alliance["id"], "enter_as": "admitted", "csv": _sheet(turn)}
    preview, seconds, spent = _timed(lambda: hub.ask("preview_members", **given))
    assert not preview["faults"]
    done, run_seconds, run_spent = _timed(lambda: _carried_out(hub, {**given, "digest": preview["digest"]}))
    assert done["status"] == "done"
    return {
        "preview": seconds,
        "import": run_seconds,
        "preview, processor time": spent,
        "import, processor time": run_spent,
    }


def _timed(do: Callable[[], Any]) -> tuple[Any, float, float]:
    """What it gives, its seconds, and those of the processor."""
    before, began = processor(GROUND.server.pid), time.perf_counter()  # type: ignore[union-attr]  # it runs
    found = do()
    return found, time.perf_counter() - began, processor(GROUND.server.pid) - before  # type: ignore[union-attr]


def _carried_out(hub: AlliancesHub, given: dict[str, Any]) -> dict[str, Any]:
    job = hub.ask("import_members", **given)
    while job["ended_at"] is None:
        time.sleep(0.1)
        [job] = hub.ask("jobs_by_id", ids=[job["id"]])
    return dict(job)


def _sheet(turn: int) -> str:
    """Organisations that nobody has registered, each with another name."""
    last = size("registry_rows")
    rows = (
        f"{n},第{turn}批长三角第{n}职业技术学院,College {n} of batch {turn},高等职业学校,310115,,{turn}之{n}职院\n"
        for n in range(1, last + 1)
    )
    return HEAD + "".join(rows)


def _by_turns(
    what: str, unit: str, reach: Reach, hubs: dict[str, AlliancesHub], do: Callable[[AlliancesHub], float]
) -> dict[str, Any]:
    found: dict[str, list[float]] = {side: [] for side in hubs}
    for _ in range(turns_wanted()):
        for side, hub in hubs.items():
            found[side].append(min(do(hub) for _ in range(AGAIN)))
    figures = {side: Figure(tuple(turns)) for side, turns in found.items()}
    return row(what, unit, figures, reach, peer=next(side for side in hubs if side != OURS))


def _count(hub: AlliancesHub) -> float:
    began = time.perf_counter()
    figures = hub.ask("member_statistics", "", alliance_id=id_of("alliances", COUNTED))
    assert figures["members"]
    return (time.perf_counter() - began) * 1000


@contextmanager
def _hub(database: PostgreSQL, organizations: int) -> Iterator[AlliancesHub]:
    memberships = EACH * organizations
    number = {"": 1_000} | dict.fromkeys(OF_ORGANIZATIONS, organizations) | dict.fromkeys(OF_MEMBERSHIPS, memberships)
    alliances = memberships // MEMBERS + 1  # no divisor of the organisations, so that no pair comes twice
    number |= {"alliances": alliances, "alliance_links": alliances}  # of which each belongs to one other at most
    with tempfile.TemporaryDirectory() as home, GROUND.on(database):
        os.environ["HUB_HOME"] = home
        hub = _FilledHub(number)
        try:
            yield hub
        finally:
            hub.stop()


class _FilledHub(AlliancesHub):
    """Filled before it starts: what it looks for at its start would wait behind the rows."""

    def __init__(self, number: dict[str, int]) -> None:
        self._number = number
        super().__init__()

    def _prepare(self) -> None:
        super()._prepare()
        fill_whole(self.runtime, self._number, SAID)
