"""How a term looks from outside."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.alliances.membership.memberships import MembershipStatus
from procedures.terms.ladder import Ladder, Standing, standing_on
from services.alliances.membership.renewals.model import MembershipTerm


def term_view(term: MembershipTerm, ladder: Ladder, day: date, status: str) -> dict[str, Any]:
    """A term and how the membership, which had this status, stood by it on a day."""
    lapsed = status == MembershipStatus.LAPSED
    return {
        "number": term.number,
        "since": term.since,
        "until": term.until,
        "standing": Standing.LAPSED if lapsed else standing_on(term.until, ladder, day),
    }
