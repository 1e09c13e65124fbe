"""Shares: so many places by so many entries, rounded by a named rule; a pure function."""

from __future__ import annotations

from collections.abc import Mapping

from procedures.shares.shares import rounded
from services.events.admission.quotas.rules import QuotasRules


def by_entries(entries: Mapping[str, int], rules: QuotasRules) -> dict[str, int]:
    """The places of each holder for its number of entries: the share of them, and the direct places from a threshold on."""
    exact = {holder: rules.share * number for holder, number in entries.items()}
    shared = rounded(exact, rules.rounding)
    return {
        holder: shared[holder] + (rules.direct if number >= rules.least_entries else 0)
        for holder, number in entries.items()
    }
