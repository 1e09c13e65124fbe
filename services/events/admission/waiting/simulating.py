"""Simulating: what each policy would do with a supposed line, before the rules that name one are published; pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from contracts.events.admission.waiting import WaitingPolicy, WaitingReason
from procedures.waiting.policies import POLICIES, Decision, Filling, Waiting

_SUPPOSED = "supposed"


@dataclass(frozen=True)
class Line:
    """So many entries of a delegation of this province, which may want to come all or not at all."""

    province: str
    entries: int
    together: bool = False


@dataclass(frozen=True)
class Outcome:
    """What becomes of a line: `offered` of its entries have a place; `why` is the reason of the last decision about it."""

    line: int
    offered: int
    why: WaitingReason


@dataclass(frozen=True)
class Simulated:
    """What a policy comes to; `left` places stay free although somebody waits, or because nobody does."""

    policy: WaitingPolicy
    version: int
    left: int
    outcomes: Sequence[Outcome]


def simulate(lines: Sequence[Line], free: int, filled: Mapping[str, Filling]) -> list[Simulated]:
    """What every policy would do with `free` places and these lines, in the order in which they came."""
    queue = list(_queue(lines))
    return [
        _simulated(name, len(lines), free, POLICIES[name].decide(queue, {_SUPPOSED: free}, filled))
        for name in WaitingPolicy
    ]


def _queue(lines: Sequence[Line]) -> Iterator[Waiting]:
    position = 0
    for number, line in enumerate(lines):
        for _ in range(line.entries):
            group = str(number) if line.together else None
            yield Waiting(f"{number}:{position}", position, line.province, (_SUPPOSED,), group)
            position += 1


def _simulated(name: WaitingPolicy, lines: int, free: int, decisions: Sequence[Decision]) -> Simulated:
    offers: Counter[int] = Counter()
    why = dict.fromkeys(range(lines), WaitingReason.NO_PLACE_FREE)
    for each in decisions:
        line = int(each.entry_id.partition(":")[0])
        offers[line] += each.is_offer
        why[line] = each.reason
    outcomes = [Outcome(line, offers[line], why[line]) for line in range(lines)]
    return Simulated(name, POLICIES[name].version, free - offers.total(), outcomes)
