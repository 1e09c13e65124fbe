"""How shares that were worked out look from outside."""

from __future__ import annotations

from typing import Any

from services.events.admission.allocation.deriving import Derived


def derived_view(derived: Derived, *, whole: bool) -> dict[str, Any]:
    """`whole` where the holders are provinces; else they are organisations."""
    shares = derived.shares
    return {
        "competition_id": derived.edition_id,
        "places": derived.places,
        "digest": derived.digest,
        "shares": [
            {
                "province": holder if whole else None,
                "organization_id": None if whole else holder,
                "entries": entries,
                "places": shares[holder],
            }
            for holder, entries in derived.entries.items()
        ],
    }
