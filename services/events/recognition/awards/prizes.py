"""Prizes: who of a ranking gets which prize, by rules that are data; a pure function of the rows and the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from itertools import groupby

from services.events.judging.results.advancement import Placed
from services.events.recognition.awards.rules import AwardsRules, JointPlaces, PrizeRule, Rounding, UnusedPlaces

_ROUND = {Rounding.DOWN: ROUND_DOWN, Rounding.HALF_UP: ROUND_HALF_UP, Rounding.UP: ROUND_UP}


@dataclass(frozen=True)
class Prize:
    """What an entry gets: `code` names one of the rules' prizes."""

    entry_id: str
    code: str
    place: int
    province: str
    organization_id: str


def prizes(rows: Iterable[Placed], rules: AwardsRules) -> list[Prize]:
    """The prizes from the highest to the lowest, within each by place; one at most for an entry.

    Whoever stands better never gets less, but where a bound for a province or an institution is in the way.
    """
    left = sorted((row for row in rows if row.place is not None), key=_by_place)
    placed, carried, given = len(left), 0, list[Prize]()
    for rule in rules.prizes:
        places = number(rule, placed, rules.rounding)
        room = None if places is None else places + carried
        winners = _winners(left, rule, room, rules.joint_places)
        carried = _carried(room, len(winners), rules)
        given += [Prize(row.entry_id, rule.code, row.place or 0, row.province, row.organization_id) for row in winners]
        won = {row.entry_id for row in winners}
        left = [row for row in left if row.entry_id not in won]
    return given


def number(rule: PrizeRule, placed: int, rounding: Rounding) -> int | None:
    """How many of a prize there are where so many entries are placed; None where only the score bounds it."""
    exact = None if rule.share is None else rule.share * placed
    share = None if exact is None else int(exact.quantize(Decimal(1), _ROUND[rounding]))
    return min((bound for bound in (rule.count, share) if bound is not None), default=None)


def _carried(room: int | None, given: int, rules: AwardsRules) -> int:
    """What the next prize has more of, or fewer."""
    over = 0 if room is None else room - given
    if over < 0:
        return over if rules.joint_places == JointPlaces.FROM_NEXT else 0
    return over if rules.unused_places == UnusedPlaces.TO_NEXT else 0


def _winners(rows: Sequence[Placed], rule: PrizeRule, room: int | None, joint: JointPlaces) -> list[Placed]:
    """Those of `rows` (in the order of their places) who get the prize, while there is room."""
    provinces: Counter[str] = Counter()
    institutions: Counter[str] = Counter()
    winners: list[Placed] = []
    for _, sharing in groupby(rows, key=lambda row: row.place):
        group = [row for row in sharing if _reaches(row, rule)]
        group = _within(group, [row.organization_id for row in group], institutions, rule.most_per_institution, joint)
        group = _within(group, [row.province for row in group], provinces, rule.most_per_province, joint)
        free = len(group) if room is None else room - len(winners)
        if group and (free <= 0 or (free < len(group) and joint == JointPlaces.NONE)):
            break
        winners += group
        provinces.update(row.province for row in group)
        institutions.update(row.organization_id for row in group)
    return winners


def _reaches(row: Placed, rule: PrizeRule) -> bool:
    return rule.least_score is None or (row.score is not None and row.score >= rule.least_score)


def _within(
    group: Sequence[Placed], holders: Sequence[str], have: Counter[str], most: int | None, joint: JointPlaces
) -> list[Placed]:
    """Those of a group who share a place whose province or institution may still have the prize."""
    if most is None:
        return list(group)
    asking = Counter(holders)
    allowed = {
        holder
        for holder, asked in asking.items()
        if have[holder] + asked <= most or (have[holder] < most and joint != JointPlaces.NONE)
    }
    return [row for row, holder in zip(group, holders, strict=True) if holder in allowed]


def _by_place(row: Placed) -> tuple[int, str]:
    return (row.place or 0, row.entry_id)
