"""Cells: the words that stand in the tables of events for what is one of a few."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.events.admission.entries import EntryStatus
from contracts.events.fixtures.fixtures import FixtureKind, FixtureSide, FixtureStatus
from kit.sheets.tables import Word, word

ENTRY_STATUS: Mapping[str, Word] = {
    EntryStatus.ENTERED: word("已报名", "entered"),
    EntryStatus.WAITING: word("候补中", "waiting"),
    EntryStatus.OFFERED: word("已递补，待确认", "place on offer"),
    EntryStatus.LAPSED: word("候补失效", "lapsed"),
    EntryStatus.WITHDRAWN: word("已撤回", "withdrawn"),
    EntryStatus.CANCELLED: word("赛事已取消", "cancelled"),
}
FIXTURE_KIND: Mapping[str, Word] = {
    FixtureKind.GROUP: word("小组赛", "group"),
    FixtureKind.KNOCK_OUT: word("淘汰赛", "knock-out"),
    FixtureKind.THIRD_PLACE: word("三四名决赛", "third place"),
    FixtureKind.FINAL: word("决赛", "final"),
}
FIXTURE_STATUS: Mapping[str, Word] = {
    FixtureStatus.DRAWN_UP: word("已编排", "drawn up"),
    FixtureStatus.SCHEDULED: word("已定时间", "scheduled"),
    FixtureStatus.PLAYED: word("已结束", "played"),
    FixtureStatus.CANCELLED: word("已取消", "cancelled"),
}
FIXTURE_SIDE: Mapping[str | None, Word | None] = {
    None: None,
    FixtureSide.HOME: word("主队", "home"),
    FixtureSide.AWAY: word("客队", "away"),
}
