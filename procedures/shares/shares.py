"""Shares: exact shares rounded to whole ones by a named rule; pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import StrEnum


class Rounding(StrEnum):
    """How a share becomes a whole number."""

    LARGEST_REMAINDER = "largest_remainder"  # 最大余额法: the sum is kept exactly
    DOWN = "down"  # 舍去
    HALF_UP = "half_up"  # 四舍五入
    UP = "up"  # 进一


_MODES = {Rounding.DOWN: ROUND_DOWN, Rounding.HALF_UP: ROUND_HALF_UP, Rounding.UP: ROUND_UP}


def proportionally(places: int, weights: Mapping[str, int]) -> dict[str, int]:
    """`places` given out by weight, all of them, by the largest remainder; ties go by the holder's id."""
    total = sum(weights.values())
    if not total:
        return dict.fromkeys(weights, 0)
    exact = {holder: Decimal(places * weight) / total for holder, weight in weights.items()}
    return _largest_remainder(exact, places)


def rounded(exact: Mapping[str, Decimal], rounding: Rounding) -> dict[str, int]:
    """Whole shares by holder; by the largest remainder their sum is that of the exact ones, rounded down."""
    if rounding == Rounding.LARGEST_REMAINDER:
        return _largest_remainder(exact, int(sum(exact.values())))
    return {holder: int(share.quantize(Decimal(1), _MODES[rounding])) for holder, share in exact.items()}


def _largest_remainder(exact: Mapping[str, Decimal], total: int) -> dict[str, int]:
    whole = {holder: int(share) for holder, share in exact.items()}
    left = total - sum(whole.values())
    by_remainder = sorted(exact, key=lambda holder: (whole[holder] - exact[holder], holder))
    return {holder: count + (holder in by_remainder[:left]) for holder, count in whole.items()}
