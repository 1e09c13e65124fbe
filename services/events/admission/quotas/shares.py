"""Shares: so many places by so many entries, rounded by a named rule; a pure function."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from services.events.admission.quotas.rules import QuotasRules, Rounding

_MODES = {Rounding.DOWN: ROUND_DOWN, Rounding.HALF_UP: ROUND_HALF_UP, Rounding.UP: ROUND_UP}


def by_entries(entries: Mapping[str, int], rules: QuotasRules) -> dict[str, int]:
    """The places of each holder for its number of entries: the share of them, and the direct places from a threshold on."""
    exact = {holder: rules.share * number for holder, number in entries.items()}
    shared = _rounded(exact, rules.rounding)
    return {
        holder: shared[holder] + (rules.direct if number >= rules.least_entries else 0)
        for holder, number in entries.items()
    }


def proportionally(places: int, weights: Mapping[str, int]) -> dict[str, int]:
    """`places` given out by weight, all of them, by the largest remainder; ties go by the holder's id."""
    total = sum(weights.values())
    if not total:
        return dict.fromkeys(weights, 0)
    exact = {holder: Decimal(places * weight) / total for holder, weight in weights.items()}
    return _largest_remainder(exact, places)


def _rounded(exact: Mapping[str, Decimal], rounding: Rounding) -> dict[str, int]:
    if rounding == Rounding.LARGEST_REMAINDER:
        return _largest_remainder(exact, int(sum(exact.values())))
    return {holder: int(share.quantize(Decimal(1), _MODES[rounding])) for holder, share in exact.items()}


def _largest_remainder(exact: Mapping[str, Decimal], total: int) -> dict[str, int]:
    whole = {holder: int(share) for holder, share in exact.items()}
    left = total - sum(whole.values())
    by_remainder = sorted(exact, key=lambda holder: (whole[holder] - exact[holder], holder))
    return {holder: count + (holder in by_remainder[:left]) for holder, count in whole.items()}
