"""What is said of the terms of memberships: renewal is due, grace begins, renewed; a lapse is said of the membership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contracts.base import Message, Named
from contracts.choices import Choice


class MembershipStanding(Choice):
    """How a membership stands by its term (在册状况)."""

    CURRENT = "current", "Its term goes on, or it has none."
    RENEWAL_DUE = "renewal_due", "Its term ends soon."
    IN_GRACE = "in_grace", "Its term is over; it is still a member and may be renewed."
    LAPSED = "lapsed", "It was not renewed in time."


@dataclass(frozen=True, kw_only=True)
class AboutTerm(Message):
    """What every message about a term says; `until` is its last day."""

    membership_id: str
    alliance: Named
    organization: Named
    until: date


@dataclass(frozen=True, kw_only=True)
class RenewalDue(AboutTerm, type="alliances.renewal_due"):
    """The term ends in so many days: the membership should be renewed."""

    days_left: int


@dataclass(frozen=True, kw_only=True)
class GraceBegan(AboutTerm, type="alliances.grace_began"):
    """The term is over; through the last day of grace the membership can still be renewed."""

    grace_ends: date


@dataclass(frozen=True, kw_only=True)
class MembershipRenewed(AboutTerm, type="alliances.membership_renewed"):
    """The membership has a new term; `corrected` where the term that it had was a mistake."""

    reason: str
    corrected: bool
