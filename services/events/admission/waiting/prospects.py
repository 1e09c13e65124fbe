"""Prospects: how likely a waiting entry is to get a place."""

from __future__ import annotations

import math
from datetime import datetime


def estimated_chance(*, freed: int, since: datetime, now: datetime, until: datetime, ahead: int) -> float | None:
    """The probability, from 0 to 1, that a place comes free for somebody who has so many `ahead`; None without data.

    `freed` places came free from `since` to `now`, and `until` then places are offered. Assumed: places go on coming
    free independently of each other and as often as so far (a Poisson process), each goes to the next in line, and
    everybody accepts. So it is too low where offers are declined, and too high where a policy lets others go first.
    Nothing is said before the first place has come free.
    """
    elapsed, left = (now - since).total_seconds(), (until - now).total_seconds()
    if not freed or elapsed <= 0:
        return None
    expected = freed * max(left, 0) / elapsed
    return 1 - _at_most(ahead, expected)


def _at_most(count: int, expected: float) -> float:
    """The probability that a Poisson variable is at most `count`, summed from logarithms, so that nothing overflows."""
    if not expected:
        return 1.0
    terms = (math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(count + 1))
    return min(math.fsum(terms), 1.0)
