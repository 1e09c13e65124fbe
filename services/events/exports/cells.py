"""Cells: the columns of a table and what stands in them, in both languages where it is a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contracts.base import Named
from contracts.events.admission.entries import EntryStatus
from contracts.events.fixtures.fixtures import FixtureKind, FixtureSide, FixtureStatus
from contracts.regions import region

Word = dict[str, str]
"""{"zh": …, "en": …}: read in the language of whoever exports."""
Cell = str | int | Word | None
"""A number is text in digits; the column says that it is one. A moment is ISO 8601."""


class ColumnKind(StrEnum):
    """How the cells of a column are to be read."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading."""

    zh: str
    en: str
    kind: ColumnKind = ColumnKind.TEXT


def word(zh: str, en: str) -> Word:
    return {"zh": zh, "en": en or zh}


def named(name: Named | None) -> Word | None:
    return word(name.zh, name.en) if name else None


def province(code: str) -> Word:
    found = region(code)
    return word(found.name_zh, found.name_en) if found else word(code, code)


def unreadable(incident: str) -> Word:
    """What stands in the first cell of a row that cannot be shown."""
    return word(f"此行无法显示，编号 {incident}", f"This row cannot be shown; its number is {incident}")


def moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def number(column_zh: str, column_en: str) -> Column:
    return Column(column_zh, column_en, ColumnKind.NUMBER)


def time(column_zh: str, column_en: str) -> Column:
    return Column(column_zh, column_en, ColumnKind.MOMENT)


ENTRY_STATUS: Mapping[str, Word] = {
    EntryStatus.ENTERED: word("已报名", "entered"),
    EntryStatus.WAITING: word("候补中", "waiting"),
    EntryStatus.OFFERED: word("已递补，待确认", "place on offer"),
    EntryStatus.LAPSED: word("候补失效", "lapsed"),
    EntryStatus.WITHDRAWN: word("已撤回", "withdrawn"),
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
