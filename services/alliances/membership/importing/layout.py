"""Layout: the columns of a sheet of members: the organisation, and of who becomes a member the class, the term and who votes."""

from __future__ import annotations

import re
from datetime import date
from typing import NoReturn

from contracts.alliances.membership.importing import DayUnreadable
from kit.sheets.layout import Column, Layout
from services.alliances.registry.importing.layout import ORGANIZATION, PASSED_OVER

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00(?::00)?)?")


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else _unreadable(text)
    except ValueError:
        return _unreadable(text)


def _unreadable(text: str) -> NoReturn:
    raise DayUnreadable(day=text)


MEMBER_CLASS = Column("member_class", "成员类别", "Member class", ("成员级别", "理事类别", "class"))
UNTIL = Column(
    "until", "任期至", "Term until", ("任期届满日期", "届满日期", "到期日期", "until"), read=_day, blank=None
)
DELEGATE = Column(
    "delegate", "代表人", "Delegate", ("代表", "代表姓名", "单位代表", "delegate name"), required_with=("position",)
)
POSITION = Column("position", "代表职务", "Position", ("职务", "代表人职务", "position of the delegate"))
PLACE = (MEMBER_CLASS, UNTIL, DELEGATE, POSITION)
"""What a row gives to who becomes a member by it."""
LAYOUT = Layout((*ORGANIZATION, *PLACE), (*PASSED_OVER, "成员状态", "Status", "加入时间", "Member since"))
