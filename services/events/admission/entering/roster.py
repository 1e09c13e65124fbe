"""Roster (名册): a delegation's CSV read row by row, with every fault of every row and nothing believed.

One row names one person of an entry, or an entry that names nobody. Rows of the same track, organisation and contestant
make one entry. A file is UTF-8, UTF-16 or GB 18030 (Excel's “CSV” in China), with commas, semicolons or tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contracts.base import Refusal
from contracts.events.admission.eligibility import PersonNumberInvalid
from contracts.events.admission.entries import MemberRole
from contracts.events.admission.rosters import (
    CellIsFormula,
    CellsTooMany,
    ColumnMissing,
    ColumnTwice,
    ColumnUnknown,
    NumberRounded,
    RoleUnknown,
    RosterEmpty,
    RosterTooLong,
    RosterUnreadable,
)
from contracts.names import check, name_key, settled
from contracts.person_numbers import is_person_number, person_number
from contracts.refusals import Required, TooLong
from kit.sheets.cells import cleaned, is_formula
from kit.sheets.reading import Unreadable, lines_of, text_of

HEADINGS = {
    "track": ("track", "赛道", "赛项", "组别"),
    "organization": ("organization", "institution", "报名单位", "单位", "参赛单位", "学校"),
    "contestant": ("contestant", "team", "参赛者", "队名", "队伍名称", "参赛名称"),
    "role": ("role", "角色", "身份"),
    "name": ("name", "姓名", "成员姓名"),
    "person_number": ("person number", "identity number", "证件号", "证件号码", "身份证号", "身份证号码"),
    "member_organization": ("member organization", "member institution", "成员单位", "所在单位"),
    "group": ("group", "分组", "代表队"),
}
"""The columns, and under which headings they are known; case and spaces do not count."""

REQUIRED = ("track", "organization", "contestant")
LONGEST = 100
ROLES = {
    **dict.fromkeys(("", "contestant", "参赛者", "选手", "参赛学生", "学生"), MemberRole.CONTESTANT),
    **dict.fromkeys(("adviser", "advisor", "指导教师", "指导老师", "教练"), MemberRole.ADVISER),
}
_COLUMNS = {re.sub(r"[ _]", "", known): column for column, headings in HEADINGS.items() for known in headings}
_ROUNDED = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell: `row` counts from 1 with the header, `column` is the name of ours, where it has one."""

    row: int
    column: str | None
    refusal: Refusal


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


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows that could be read, and every fault; a row with a fault is among the rows all the same."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_roster(data: bytes | str, *, most_rows: int) -> Roster:
    """Read a file; never raises: whatever is wrong with it is a fault."""
    try:
        lines = _lines(data, most_rows)
    except Refusal as refusal:
        return Roster((), (Fault(1, None, refusal),))
    (number, header), body = lines[0], lines[1:]
    columns, faults = _columns(header, number)
    if len(body) > most_rows:
        faults.append(Fault(body[most_rows][0], None, RosterTooLong(most=most_rows)))
    if not body:
        faults.append(Fault(number, None, RosterEmpty()))
    if any(isinstance(fault.refusal, ColumnMissing) for fault in faults):
        return Roster((), tuple(faults))
    read = [_row(number, cells, columns) for number, cells in body[:most_rows]]
    return Roster(tuple(row for row, _ in read), (*faults, *(fault for _, found in read for fault in found)))


def _lines(data: bytes | str, most_rows: int) -> list[tuple[int, list[str]]]:
    """The lines that are not blank, at most two more than may be; refuses with RosterUnreadable or RosterEmpty."""
    try:
        lines = list(lines_of(text_of(data), most_rows + 1))
    except Unreadable as error:
        raise RosterUnreadable from error
    if not lines:
        raise RosterEmpty
    return lines


def _columns(header: list[str], number: int) -> tuple[list[str | None], list[Fault]]:
    """Our name of each column, and what is wrong with the header."""
    columns: list[str | None] = []
    faults = []
    for heading in header:
        column = _COLUMNS.get(re.sub(r"[ _*]", "", name_key(heading)))
        shown = heading.strip()[:LONGEST]
        if column in columns and column:
            faults.append(Fault(number, column, ColumnTwice(column=shown)))
        elif column is None and shown:
            faults.append(Fault(number, None, ColumnUnknown(column=shown)))
        columns.append(column)
    missing = [column for column in REQUIRED if column not in columns]
    faults += [Fault(number, column, ColumnMissing(column=HEADINGS[column][1])) for column in missing]
    return columns, faults


def _row(number: int, cells: list[str], columns: list[str | None]) -> tuple[Row, list[Fault]]:
    faults = []
    if any(cell.strip() for cell in cells[len(columns) :]):
        faults.append(Fault(number, None, CellsTooMany()))
    values = dict.fromkeys(HEADINGS, "")
    for column, cell in zip(columns, cells, strict=False):
        if column:
            values[column] = settled(cleaned(cell, LONGEST))
    faults += [Fault(number, column, refusal) for column, refusal in _wrong(values)]
    role = ROLES.get(values["role"].lower(), MemberRole.CONTESTANT)
    values["person_number"] = person_number(values["person_number"])
    return Row(number=number, **{**values, "role": role}), faults  # type: ignore[arg-type]


def _wrong(values: Mapping[str, str]) -> Iterator[tuple[str, Refusal]]:
    """Every fault of a row's cells, one a cell."""
    for column, value in values.items():
        if not value:
            if column in REQUIRED or (column == "name" and (values["person_number"] or values["member_organization"])):
                yield column, Required()
        elif len(value) > LONGEST:
            yield column, TooLong(max=LONGEST)
        elif is_formula(value):
            yield column, CellIsFormula()
        elif column == "person_number" and not is_person_number(value):
            yield column, NumberRounded() if _ROUNDED.fullmatch(value) else PersonNumberInvalid()
        elif column == "role" and value.lower() not in ROLES:
            yield column, RoleUnknown()
        elif wrong := _unreadable(value):
            yield column, wrong


def _unreadable(value: str) -> Refusal | None:
    """Which letter of a cell can stand in no name."""
    try:
        check(value)
    except Refusal as refusal:
        return refusal
    return None
