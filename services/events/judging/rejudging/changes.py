"""Changes: what a re-judging does to the evidence of a ranking; the evidence itself stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from services.events.judging.results.evidence import Evidence, Sheets
from services.events.judging.scoring.ranking import CountedSheet


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Which sheet: that of a seat for a code, by its assignment.

    An appointed judge's sheet stands under the id of the assignment instead of the seat, so that calibration does not
    take it for one of whoever sat there: a judge of one sheet is left as he is.
    """

    assignment_id: str
    seat_id: str
    code: str

    @property
    def keys(self) -> set[tuple[str, str]]:
        """As what it may stand in the evidence, after earlier re-judgings too."""
        return {(self.seat_id, self.code), (self.assignment_id, self.code)}


@dataclass(frozen=True, kw_only=True)
class NewSheet:
    """Points that take the place of a sheet's; `appointed` where somebody else than the seat's judge gave them."""

    sheet: Sheet
    appointed: bool
    points: Mapping[str, Decimal]

    @property
    def counted(self) -> CountedSheet:
        sheet = self.sheet
        return CountedSheet(sheet.assignment_id if self.appointed else sheet.seat_id, sheet.code, self.points)


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Sheets judged again, sheets that no longer count, and keys (codes, or entries in standings) disqualified."""

    judged: tuple[NewSheet, ...] = ()
    excluded: tuple[Sheet, ...] = ()
    disqualified: frozenset[str] = frozenset()


def changed(evidence: Evidence, changes: Changes) -> Evidence:
    """The evidence after the changes; an excluded sheet is no longer expected either, so that it is not one missing."""
    out = evidence.disqualified | changes.disqualified
    if not isinstance(evidence, Sheets):
        return replace(evidence, disqualified=out)
    there = {(sheet.seat_id, sheet.code) for sheet in evidence.sheets}
    excluded = [sheet for sheet in changes.excluded if sheet.keys & there]
    named = {sheet.assignment_id for sheet in changes.excluded}
    new = [each for each in changes.judged if each.sheet.assignment_id not in named]
    gone = {key for sheet in (*excluded, *(each.sheet for each in new)) for key in sheet.keys}
    kept = [sheet for sheet in evidence.sheets if (sheet.seat_id, sheet.code) not in gone]
    expected = dict(evidence.expected)
    for sheet in excluded:
        expected[sheet.code] -= 1
    return replace(evidence, sheets=(*kept, *(each.counted for each in new)), expected=expected, disqualified=out)
