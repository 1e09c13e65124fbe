"""Assignment (分配): which judge has which codes, as an optimisation: everybody's load as even as can be, no conflict ever.

It is solved twice. First for the loads: the sum of their squares is least, which makes the highest load as low and the
lowest as high as they can be. Then, with these loads, for the pairs: each pair has a cost that follows from the seed, and
the sum of the costs is least, so that the judges who meet over a code are mixed and the same input gives the same answer.
Both are integer programmes, solved by HiGHS.
"""

from __future__ import annotations

import hmac
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

COST_BYTES = 2
"""Costs below 65,536: many enough that hardly two assignments cost the same, small enough to be added up exactly."""

TIMED_OUT = 1
"""What HiGHS answers through scipy at the end of its time."""

HALF = 0.5

Pair = tuple[str, str]
"""A code and the seat that judges it."""


@dataclass(frozen=True)
class Seated:
    """A judge, with the most works that they take on; `held` is how many they have already."""

    seat: str
    province: str
    most: int
    held: int = 0


@dataclass(frozen=True)
class Task:
    """What is to be assigned. Codes and seats are taken in sorted order; `excluded` pairs are never assigned."""

    codes: Sequence[str]
    seats: Sequence[Seated]
    excluded: Collection[Pair]
    judges_per_code: int
    most_of_province: int | None
    seed: str
    seconds: int


@dataclass(frozen=True)
class Lacking:
    """Why there is no assignment: how many judges each of these codes lacks at least, and the room that all have."""

    missing: dict[str, int]
    needed: int
    room: int


class OutOfTime(Exception):  # noqa: N818 - what the solver answered, not an error
    """The solver did not finish in `seconds`."""


def assign(task: Task) -> list[Pair] | Lacking:
    """The assignment, by code and seat; or what lacks where there is none. Raises OutOfTime."""
    if not task.codes:
        return []
    programme = _Programme(task)
    loads = programme.even_loads()
    if loads is None:
        return programme.lacking()
    return programme.cheapest(loads)


def bitten(task: Task) -> int:
    """How many excluded pairs the same optimisation would have assigned had they not been excluded."""
    if not task.excluded:
        return 0
    free = assign(replace(task, excluded=frozenset()))
    return 0 if isinstance(free, Lacking) else len(set(free) & set(task.excluded))


def cost(seed: str, pair: Pair) -> int:
    """What decides between assignments that are equally even."""
    code, seat = pair
    mixed = hmac.digest(bytes.fromhex(seed), f"{code}\n{seat}".encode(), "sha256")
    return int.from_bytes(mixed[:COST_BYTES], "big")


_Rows = dict[tuple[str, str], list[tuple[int, int]]]
"""Rows by what they bound, each with its (column, coefficient)."""


class _Programme:
    """The integer programme of a task: one variable a pair, rows for codes, for seats, and for provinces in codes."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._codes = sorted(task.codes)
        self._seats = sorted(task.seats, key=lambda seat: seat.seat)
        excluded = frozenset(task.excluded)
        every = ((code, seat.seat) for code in self._codes for seat in self._seats)
        self._pairs = [pair for pair in every if pair not in excluded]

    def even_loads(self) -> dict[str, int] | None:
        """How many codes each seat has where the loads are most even; None where no assignment exists.

        The n-th work of a seat costs 2n - 1, so that n works cost n²; those that a seat has already are counted.
        """
        steps = [(seat.seat, n) for seat in self._seats for n in range(1, seat.most + 1)]
        rows = self._rows()
        for column, (seat, _) in enumerate(steps, len(self._pairs)):
            rows[("load", seat)].append((column, -1))
        held = {seat.seat: seat.held for seat in self._seats}
        costs = [0] * len(self._pairs) + [2 * (held[seat] + n) - 1 for seat, n in steps]
        chosen = self._solve(costs, rows, {seat.seat: (0, 0) for seat in self._seats})
        if chosen is None:
            return None
        loads = Counter(seat for (seat, _), taken in zip(steps, chosen[len(self._pairs) :], strict=True) if taken)
        return {seat.seat: loads[seat.seat] for seat in self._seats}

    def cheapest(self, loads: dict[str, int]) -> list[Pair]:
        """The pairs of the cheapest assignment with these loads, of which there is one at least."""
        costs = [cost(self._task.seed, pair) for pair in self._pairs]
        chosen = self._solve(costs, self._rows(), {seat: (load, load) for seat, load in loads.items()})
        assert chosen is not None
        return [pair for pair, taken in zip(self._pairs, chosen, strict=True) if taken]

    def lacking(self) -> Lacking:
        """Which codes lack judges in an assignment that leaves as few places empty as can be."""
        rows = self._rows()
        empty = [code for code in self._codes for _ in range(self._task.judges_per_code)]
        for column, code in enumerate(empty, len(self._pairs)):
            rows[("code", code)].append((column, 1))
        costs = [0] * len(self._pairs) + [1] * len(empty)
        chosen = self._solve(costs, rows, {seat.seat: (0, seat.most) for seat in self._seats})
        assert chosen is not None
        missing = Counter(code for code, taken in zip(empty, chosen[len(self._pairs) :], strict=True) if taken)
        room = sum(seat.most for seat in self._seats)
        return Lacking(dict(missing), len(empty), room)

    def _rows(self) -> _Rows:
        """The rows of the pairs; a province has one where it could have too many."""
        rows: _Rows = defaultdict(list)
        rows.update({("code", code): [] for code in self._codes} | {("load", seat.seat): [] for seat in self._seats})
        province = {seat.seat: seat.province for seat in self._seats}
        for column, (code, seat) in enumerate(self._pairs):
            rows["code", code].append((column, 1))
            rows["load", seat].append((column, 1))
            if self._task.most_of_province is not None:
                rows["province", f"{code}\n{province[seat]}"].append((column, 1))
        return rows

    def _solve(self, costs: list[int], rows: _Rows, loads: dict[str, tuple[int, int]]) -> list[bool] | None:
        """Which variables are taken at the least cost, with loads between these bounds; None where nothing fits."""
        each, most = self._task.judges_per_code, self._task.most_of_province
        bounds: list[Any] = [
            {"code": (each, each), "load": loads.get(key), "province": (0, most)}[kind] for kind, key in rows
        ]
        cells = [(row, column, value) for row, inside in enumerate(rows.values()) for column, value in inside]
        return solved(costs, cells, bounds, self._task.seconds)


def solved(
    costs: list[int], cells: list[tuple[int, int, int]], bounds: list[tuple[int, int]], seconds: int
) -> list[bool] | None:
    """Which of the variables, each taken or not, cost least together, where the sums of rows lie within `bounds`.

    `cells` are (row, column, coefficient). None where no choice fits. Raises OutOfTime.
    """
    # scipy is slow to import (0.7 s, 60 MB), and most processes of the hub never assign anything
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    if not costs:
        return None
    rows, columns, values = np.array(cells, dtype=float).reshape(-1, 3).T
    shape = (len(bounds), len(costs))
    matrix = csr_array((values, (rows.astype(int), columns.astype(int))), shape=shape)
    answer = milp(
        np.array(costs, dtype=float),
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, *np.array(bounds, dtype=float).T),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    if answer.status == TIMED_OUT:
        raise OutOfTime
    return None if answer.x is None else [bool(value > HALF) for value in answer.x]
