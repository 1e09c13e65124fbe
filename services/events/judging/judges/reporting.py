"""Reports: what those who run a stage see of conflicts, loads and balance; no code is in them, before opening or after."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.events.judging.draws import NotDrawn
from contracts.events.judging.judges import ConflictKind, TieKind
from kit.data.db import Session
from procedures.conflicts.conflicts import Conflict, Tie
from services.events.editions.editions.model import Stage
from services.events.judging.blinding.queries import sealed
from services.events.judging.judges.gathering import conflicts_in
from services.events.judging.judges.model import Candidate, Draw, Seat
from services.events.judging.judges.queries import assignments, draw_of, every_seat
from services.events.judging.judges.rules import JudgingRules


@dataclass(frozen=True)
class ConflictGroup:
    """So many `entries` of a stage are kept from a judge by the same tie, and by the same tie at their end of the path."""

    kind: ConflictKind
    path: tuple[Tie, ...]
    entries: int


@dataclass(frozen=True)
class Load:
    """How many works a judge has."""

    seat: Seat
    works: int


@dataclass(frozen=True)
class ProvinceShare:
    """How many judges a province has on a panel, and how many works they have together."""

    province: str
    judges: int
    works: int


@dataclass(frozen=True)
class AssignmentReport:
    """The loads and the balance of a stage; `mixes` says of how many provinces the judges of how many works are.

    `excluded` pairs of judge and work were kept apart, `bitten` of which would have been assigned otherwise.
    """

    draw: Draw
    loads: Sequence[Load]
    provinces: Sequence[ProvinceShare]
    mixes: dict[int, int]

    @property
    def works(self) -> list[int]:
        return [load.works for load in self.loads] or [0]

    @property
    def mean(self) -> float:
        return sum(self.works) / len(self.works)


def conflict_groups(
    session: Session, stage: Stage, candidates: Sequence[Candidate], rules: JudgingRules
) -> dict[str, list[ConflictGroup]]:
    """For each of these candidates by id: what keeps them from which entries, counted by path.

    While codes are sealed, nothing that a judge has declared: whoever judges a work may have known it again.
    """
    hidden = {TieKind.DECLARED_BY_JUDGE} if sealed(session, {stage.id}) else set()
    groups: dict[str, dict[tuple[object, ...], list[Conflict]]] = defaultdict(lambda: defaultdict(list))
    for each in conflicts_in(session, stage, candidates, rules):
        if each.path[0].kind in hidden:
            continue
        same = (each.kind, each.path[0], *((tie.kind, tie.target) for tie in each.path[1:]))
        groups[each.judge][same].append(each)
    return {
        judge: [ConflictGroup(found[0].kind, found[0].path, len(found)) for found in by_path.values()]
        for judge, by_path in groups.items()
    }


def assignment_report(session: Session, stage: Stage) -> AssignmentReport:
    """Loads and balance as they are now; refuses with NotDrawn where there is no panel."""
    drawn = draw_of(session, stage.id)
    if drawn is None or drawn.drawn_at is None:
        raise NotDrawn("stageId")
    every = assignments(session, stage.id)
    loads = Counter(each.seat_id for each in every)
    shown = [seat for seat in every_seat(session, stage.id) if seat.live or loads[seat.id]]
    province_of = {seat.id: seat.province for seat in shown}
    judges = Counter(province_of.values())
    works = Counter(province_of[each.seat_id] for each in every)
    mixes: dict[str, set[str]] = defaultdict(set)
    for each in every:
        mixes[each.code].add(province_of[each.seat_id])
    return AssignmentReport(
        draw=drawn,
        loads=[Load(seat, loads[seat.id]) for seat in shown],
        provinces=[ProvinceShare(code, judges[code], works[code]) for code in sorted(judges)],
        mixes=dict(sorted(Counter(len(provinces) for provinces in mixes.values()).items())),
    )
