"""Many rows: of what is there and what comes the newest stays, in whatever order and however often it comes."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select

from kit.data.db import Database
from kit.data.many import keep_newest
from kit.ids import new_id
from tests.clock import NOW
from tests.kit.things import Thing

IDS = sorted(new_id() for _ in range(3))
COMING = [(0, 1), (1, 1), (0, 3), (2, 2), (0, 2), (1, 1)]
"""Which thing, in which version."""


def row(which: int, version: int, name: str = "") -> dict[str, Any]:
    return {
        "id": IDS[which],
        "version": version,
        "name": name or f"version {version}",
        "rank": which,
        "created_at": NOW,
    }


def found(database: Database) -> list[tuple[int, int, str]]:
    with database.transaction(writes=False) as session:
        things = session.execute(select(Thing.rank, Thing.version, Thing.name).order_by(Thing.rank))
        return [(rank, version, name) for rank, version, name in things]


@pytest.mark.parametrize("together", [1, 2, 6])
def test_the_newest_stays_however_what_comes_is_cut(database: Database, together: int) -> None:
    for coming in (COMING, COMING[::-1]):
        for start in range(0, len(coming), together):
            with database.transaction() as session:
                keep_newest(session, Thing, [row(*each) for each in coming[start : start + together]], "id")

        assert found(database) == [(0, 3, "version 3"), (1, 1, "version 1"), (2, 2, "version 2")]
        with database.transaction() as session:
            session.execute(delete(Thing))


def test_of_one_version_what_is_there_stays(database: Database) -> None:
    for name in ("first", "second"):
        with database.transaction() as session:
            keep_newest(session, Thing, [row(0, 1, name), row(1, 1, name)], "id")

    assert [name for _, _, name in found(database)] == ["first", "first"]


def test_nothing_is_kept_of_nothing(database: Database) -> None:
    with database.transaction() as session:
        keep_newest(session, Thing, [], "id")

    assert found(database) == []
