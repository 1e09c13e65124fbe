"""The forms of terms: renewing, correcting, and what is due for renewal."""

from __future__ import annotations

from contracts.alliances.membership.renewals import MembershipStanding
from contracts.browsing import Browsed
from contracts.forms import MOST_ASKED, Input, choice, day, identifier, listing, nested, text


class RenewMembership(Input):
    """Give a membership its next term, also one that has lapsed. For the secretariat."""

    membership_id = identifier("Membership", says="The membership.")
    until = day(says="The last day of the new term, later than that of the term before.")
    reason = text(max=500, lines=True, required=False, says="Why, such as who decided it and when.")


class CorrectTerm(Input):
    """Put right the last day of a term that was set by mistake. For the secretariat."""

    membership_id = identifier("Membership", says="The membership.")
    until = day(says="The right last day, not before the first.")
    reason = text(max=500, lines=True, says="What was wrong, in words for the member.")


class Renewals(Browsed):
    """Memberships whose renewal is due, that are in grace or have lapsed, by their last day. For the secretariat."""

    alliance_id = identifier("Alliance", says="The alliance.")
    standing = choice(MembershipStanding, required=False, says="Only those that stand so.")


class TermOn(Input):
    """The term of a membership, as it was known at the end of a day. For both sides."""

    membership_id = identifier("Membership", says="The membership.")
    day = day(required=False, says="A day in China; today by default.")


class TermsOn(Input):
    """The terms of several memberships, each on a day."""

    asked = listing(nested(TermOn), min=1, max=MOST_ASKED)
