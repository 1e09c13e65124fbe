"""Joining: the class, the term and the delegate that a sheet gives to who joins by it, and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.alliances.membership.classes import ClassFull, ClassUnknown
from contracts.alliances.membership.delegates import DelegateNotAffiliated
from contracts.alliances.membership.importing import EnterAs, RowEffect
from contracts.alliances.membership.memberships import CapReached, NotInParent, TermInvalid
from contracts.base import Refusal
from contracts.names import name_key
from kit.sheets.sheet import Fault, Sheet
from services.alliances.membership.charters.rules import ClassRules, MemberClass
from services.alliances.membership.delegates.by_name import Staff
from services.alliances.membership.importing.commands import effect
from services.alliances.registry.importing.judging import Judged, Meant

Held = Callable[[MemberClass], int]
"""How many are in a class at most on any day from today on."""


@dataclass(frozen=True)
class Joining:
    """By what the rows of one sheet are judged: where organisations stand, as what they are entered, what the charter says.

    `room` is for so many more members, None for any number, of at most `cap`.
    """

    statuses: Mapping[str, str]
    enter_as: EnterAs
    classes: ClassRules
    held: Held
    today: date
    staff: Staff
    check_in_parent: Callable[[str], None]
    room: int | None
    cap: int

    def effect(self, row: Meant) -> RowEffect:
        return effect(self.status(row), self.enter_as)

    def status(self, row: Meant) -> str | None:
        return self.statuses.get(row.organization_id) if row.organization_id else None

    def judge(self, sheet: Sheet, judged: Judged) -> tuple[Judged, dict[int, dict[str, Any]]]:
        """The rows with what is wrong with class and term, and what each row gives to who joins by it."""
        lines = {line.number: line.values for line in sheet.lines}
        given: dict[int, dict[str, Any]] = {}
        faults, wanted, joined = list(judged.faults), Counter[str](), 0
        for row in judged.rows:
            values, joins = lines[row.number], self.effect(row) == RowEffect.ADMIT
            joined += joins
            found = self._class(values["member_class"])
            wrong = self._wrong(values, found, wanted, joins=joins)
            if joins:
                wrong += self._kept_out(row, values, joined)
                given[row.number] = _given(values, found)
            faults += [Fault(row.number, each.field or "name", each) for each in wrong]
        return Judged(judged.rows, faults), given

    def _kept_out(self, row: Meant, values: Mapping[str, Any], joined: int) -> list[Refusal]:
        """Why this one, so many of which join with it, becomes no member, or is not spoken for by whom the row names."""
        wrong: list[Refusal] = []
        if self.room is not None and joined > self.room:
            wrong.append(CapReached(cap=self.cap))
        try:
            self.check_in_parent(row.organization_id or "")
        except NotInParent as refusal:
            wrong.append(refusal)
        try:
            if values["delegate"]:
                self.staff.record_of(row.organization_id, values["delegate"])
        except DelegateNotAffiliated as refusal:
            wrong.append(refusal)
        return wrong

    def _class(self, text: str) -> MemberClass | None:
        """The class of this code or name."""
        like = name_key(text)
        return next(
            (
                each
                for each in self.classes.by_code.values()
                if text == each.code or like in {name_key(each.name_zh), name_key(each.name_en)}
            ),
            None,
        )

    def _wrong(
        self, values: Mapping[str, Any], found: MemberClass | None, wanted: Counter[str], *, joins: bool
    ) -> list[Refusal]:
        wrong: list[Refusal] = []
        if values["member_class"] and found is None:
            wrong.append(ClassUnknown("member_class", member_class=values["member_class"]))
        if values["until"] and values["until"] < self.today:
            wrong.append(TermInvalid("until", earliest=self.today.isoformat()))
        if joins and found and found.most is not None and found.code != self.classes.admitted_as:
            wanted[found.code] += 1
            if self.held(found) + wanted[found.code] > found.most:
                wrong.append(ClassFull("member_class", member_class=found.name_zh, most=found.most))
        return wrong


def _given(values: Mapping[str, Any], found: MemberClass | None) -> dict[str, Any]:
    """What a row gives to who joins by it, as a job keeps it."""
    until = values["until"]
    return {
        "member_class": found.code if found else None,
        "until": until.isoformat() if until else None,
        "delegate": values["delegate"] or None,
        "position": values["position"] or None,
    }
