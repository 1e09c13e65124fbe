"""Searches: what it costs to search 1,000 and 50,000 organisations on PostgreSQL, by buffers, rows and time of each statement.

Names are as long as real ones and made of the same words, so that 大学 finds a third of them, and one letter half of all.
`ratio` is 50,000 divided by 1,000; the bar is 1.3, where both find as much. The two searches from which a kind or region
leaves nothing look at one window each, which 1,000 do not fill. `python -m bench.searches 1000 50000` asks nothing else.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import product
from statistics import median
from typing import Any

from sqlalchemy import insert

from hub.services import all_services
from kit.context import Context
from kit.data.db import Session, table_of
from kit.process.runtime import Runtime
from kit.viewer import Viewer
from kit.wire.request import Request
from procedures.search.fragments import SPELLING, fragments
from services.alliances.registry.organizations.model import Organization, OrganizationFragment, OrganizationName
from tests.clock import NOW, StandingClock
from tests.databases.ground import GROUND, hub_of
from tests.growth.filling import id_of
from tests.growth.plans import captured, explained
from tests.servers.postgres import PostgreSQL

SIZES = (1_000, 50_000)
PLACES = ("衢州", "合肥", "南京", "上海", "杭州", "芜湖", "苏州", "宁波", "六安", "黄山", "无锡", "长兴", "台州")
WORKS = ("职业技术", "师范", "农林", "电子信息", "人民", "第一", "实验", "工程", "交通", "中医药", "财经", "科技")
KINDS = (("大学", "university"), ("学院", "vocational_college"), ("中学", "secondary_school"))
AT_ONCE = 1_000
TURNS = 9
ASKED: tuple[Mapping[str, str], ...] = (
    {"search": "衢州职业技术大学468"},
    {"search": "职业技术"},
    {"search": "大学"},
    {"search": "qzzyjsdx468"},
    {"search": "zhiyejishu"},
    {"search": "s"},
    {"search": "school"},
    {"search": "不存在"},
    {"search": "大学", "kind": "vocational_college"},
    {"search": "xueyuan", "region": "310115"},
    {"search": "学院", "region": "341004"},
)


def measure(database: PostgreSQL, sizes: tuple[int, ...] = SIZES) -> list[dict[str, Any]]:
    """A row for each search: buffers, rows and milliseconds by size, with the ratios."""
    found = {size: dict(measured(database, size)) for size in sizes}
    return [{"search": said, **_row({size: found[size][said] for size in sizes})} for said in found[sizes[0]]]


def measured(database: PostgreSQL, size: int) -> Iterator[tuple[str, dict[str, float]]]:
    """What each search costs among so many organisations."""
    with tempfile.TemporaryDirectory() as home, GROUND.on(database):
        os.environ["HUB_HOME"] = home
        runtimes = hub_of(all_services(), StandingClock()).runtimes
        try:
            _fill(runtimes["alliances"], size)
            for which in ASKED:
                yield " ".join(which.values()), _cost(runtimes["alliances"], which)
        finally:
            for runtime in runtimes.values():
                runtime.database.close()


def _cost(runtime: Runtime, which: Mapping[str, str]) -> dict[str, float]:
    engine = runtime.database.engine
    with captured(engine) as statements:
        payload = runtime.answer(Request("organizations", dict(which), Context(Viewer(""))))
    assert payload
    assert not payload["error"]
    cost = {"found": float(len(payload["result"]["nodes"])), "buffers": 0.0, "rows": 0.0, "ms": 0.0}
    with engine.connect() as connection:
        for statement in statements:
            turns = [explained(connection, statement, whole=True) for _ in range(TURNS)]
            cost["buffers"] += turns[-1].buffers
            cost["rows"] += turns[-1].rows
            cost["ms"] += median(turn.milliseconds for turn in turns)
    return cost


def _row(costs: Mapping[int, dict[str, float]]) -> dict[str, Any]:
    first, *_, last = costs.values()
    row: dict[str, Any] = {f"{name}_{size}": each[name] for size, each in costs.items() for name in each}
    ratios = {f"{name}_ratio": last[name] / max(0.01, first[name]) for name in ("buffers", "ms")}
    return row | ratios


def _fill(runtime: Runtime, size: int) -> None:
    with runtime.database.engine.begin() as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
    numbers = range(1, size + 1)
    for start in range(0, size, AT_ONCE):
        with runtime.database.transaction() as session:
            _enter(session, [_organization(number) for number in numbers[start : start + AT_ONCE]])
    with runtime.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _enter(session: Session, organizations: list[dict[str, Any]]) -> None:
    session.execute(insert(table_of(Organization)), organizations)
    names = [{"organization_id": each["id"], "name": each["name_zh"]} for each in organizations]
    session.execute(insert(table_of(OrganizationName)), names)
    rows = [
        {"owner_id": each["id"], "fragment": fragment, "inside": inside}
        for each in organizations
        for fragment, inside in fragments([each["name_zh"], each["name_en"]]).items()
    ]
    session.execute(insert(table_of(OrganizationFragment)), rows)


def _organization(number: int) -> dict[str, Any]:
    place, work, (ending, kind) = _WORDS[number % len(_WORDS)]
    return {
        "id": id_of("organizations", number),
        "version": 1,
        "created_at": NOW,
        "kind": kind,
        "region": "341004" if number % 300 == 0 else "310115",
        "name_zh": f"{place}{work}{ending}{number}",
        "name_en": f"School {number} of {kind}",
        "spelling": SPELLING,
        "status": "active",
    }


_WORDS = list(product(PLACES, WORKS, KINDS))


if __name__ == "__main__":
    server = PostgreSQL()
    server.start()
    try:
        for line in measure(server, tuple(int(size) for size in sys.argv[1:]) or SIZES):
            print(
                "  ".join(
                    f"{name}={round(value, 2) if isinstance(value, float) else value}" for name, value in line.items()
                )
            )
    finally:
        server.remove()
