"""Roster (名册): the sheet of a delegation, read row by row, with every fault of every row and nothing believed.

One row names one person of an entry, or an entry that names nobody, or all people of one, as our own export has it. Rows of
the same track, organisation and contestant make one entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from contracts.events.admission.eligibility import PersonNumberInvalid
from contracts.events.admission.entries import MemberRole
from contracts.events.admission.fields_forms import LONGEST_ANSWER
from contracts.events.admission.rosters import RoleUnknown, RosterEmpty, RosterTooLong, RosterUnreadable
from contracts.names import normal
from contracts.person_numbers import is_person_number, person_number
from contracts.refusals import TooLong
from contracts.sheets import NumberRounded
from kit.sheets.cells import is_rounded
from kit.sheets.layout import LONGEST, Column, Layout
from kit.sheets.sheet import Fault, Line, Sheet, read_sheet
from services.events.admission.entries.fields import Answers, Field

ROLES = {
    **dict.fromkeys(("contestant", "参赛者", "选手", "参赛学生", "学生"), MemberRole.CONTESTANT),
    **dict.fromkeys(("adviser", "advisor", "指导教师", "指导老师", "教练"), MemberRole.ADVISER),
}
MOST_NAMES = 2_000
"""Characters of all names in one cell."""
ENDED = ("已撤回", "withdrawn", "候补失效", "lapsed")
"""The statuses of our own export under which an entry is none to enter again."""
_BETWEEN_NAMES = re.compile(r"[、,，;；]")


def _role(text: str) -> MemberRole:
    try:
        return ROLES[text.lower()]
    except KeyError:
        raise RoleUnknown from None


def _number(text: str) -> str:
    if not is_person_number(text):
        raise NumberRounded if is_rounded(text) else PersonNumberInvalid
    return person_number(text)


def _names(text: str) -> tuple[str, ...]:
    found = tuple(name for each in _BETWEEN_NAMES.split(text) if (name := normal(each)))
    if any(len(name) > LONGEST for name in found):
        raise TooLong(max=LONGEST)
    return found


LAYOUT = Layout(
    columns=(
        Column("track", "赛道", "Track", ("赛项", "组别"), required=True),
        Column(
            "organization",
            "报名单位",
            "Organization",
            ("institution", "单位", "单位名称", "参赛单位", "学校", "学校名称"),
            required=True,
        ),
        Column("contestant", "参赛者", "Contestant", ("team", "队名", "队伍名称", "参赛名称"), required=True),
        Column("role", "角色", "Role", ("身份",), read=_role, blank=MemberRole.CONTESTANT),
        Column("name", "姓名", "Name", ("成员姓名",), required_with=("person_number", "member_organization")),
        Column(
            "person_number",
            "证件号",
            "Person number",
            ("identity number", "证件号码", "身份证号", "身份证号码"),
            read=_number,
        ),
        Column("member_organization", "成员单位", "Member organization", ("member institution", "所在单位")),
        Column("group", "分组", "Group", ("代表队",)),
        Column("contestants", "参赛成员", "Members", read=_names, blank=(), longest=MOST_NAMES),
        Column("advisers", "指导教师", "Advisers", read=_names, blank=(), longest=MOST_NAMES),
        Column("status", "状态", "Status"),
    ),
    passed_over=(
        *("报名编号", "省级行政区划代码", "省份", "报名时间", "撤回时间"),
        *("Entry", "Province code", "Province", "Entered at", "Withdrawn at"),
    ),
    unreadable=RosterUnreadable,
    empty=RosterEmpty,
    too_long=RosterTooLong,
)


ANSWER = "answer."
"""What the names of columns begin with in which the fields of entry forms are answered."""


def layout_for(fields: Iterable[Field]) -> Layout:
    """The layout with a column for each field of the entry forms, under its labels and its key.

    A heading that every roster has means what it does in every roster: those columns come last, and so are found.
    """
    own = {field["key"]: field for field in fields}
    columns = tuple(
        Column(ANSWER + key, field["label_zh"], field["label_en"], (key,), longest=LONGEST_ANSWER)
        for key, field in own.items()
    )
    return replace(LAYOUT, columns=(*columns, *LAYOUT.columns))


@dataclass(frozen=True, slots=True)
class Row:
    """One row by our names of the columns; what its file has no column for is empty."""

    number: int
    track: str
    organization: str
    contestant: str
    role: MemberRole
    name: str
    person_number: str
    member_organization: str
    group: str
    answers: Answers = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows that could be read, and every fault; a row with a fault is among the rows all the same."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    sheet: Sheet = field(default=Sheet(LAYOUT, (), (), {}), compare=False)


def read_roster(data: bytes | str, *, most_rows: int, fields: Iterable[Field] = ()) -> Roster:
    """Read a file, also what it answers in these fields; never raises: whatever is wrong with it is a fault."""
    sheet = read_sheet(data, layout_for(fields), most=most_rows)
    standing = [line for line in sheet.lines if line.cells["status"].lower() not in ENDED]
    rows = tuple(row for line in standing for row in _rows(line))
    none = () if rows or sheet.faults else (Fault(1, None, RosterEmpty()),)
    return Roster(rows, (*sheet.faults, *none), sheet)


_ROLE_OF: Mapping[str, MemberRole] = {"contestants": MemberRole.CONTESTANT, "advisers": MemberRole.ADVISER}


def _rows(line: Line) -> Iterator[Row]:
    """One for the person that it names, and one for each of the people whose names stand in one cell."""
    said: dict[str, Any] = dict(line.values)
    said.pop("status")
    answers = {name.removeprefix(ANSWER): said.pop(name) for name in list(said) if name.startswith(ANSWER)}
    said["answers"] = tuple((key, value) for key, value in answers.items() if value)
    people = [(role, name) for column, role in _ROLE_OF.items() for name in said.pop(column)]
    if said["name"] or not people:
        yield Row(number=line.number, **said)
    for role, name in people:
        nobody = {"person_number": "", "member_organization": ""}
        yield Row(number=line.number, **{**said, **nobody, "role": role, "name": name})
