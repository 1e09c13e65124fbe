"""The forms of what a secretariat does about many memberships at once: all of them, or each with its own problems."""

from __future__ import annotations

from contracts.forms import Input, day, flag, identifier, listing, text

MOST = 100


class _Batch(Input):
    alliance_id = identifier("Alliance", says="The alliance whose memberships they are.")
    membership_ids = listing(identifier("Membership"), min=1, max=MOST, says="The memberships, each once.")
    all_or_none = flag(required=False, says="Whether nothing is done where one of them is refused; false by default.")


class _BatchWithReason(_Batch):
    reason = text(lines=True, max=500, says="Why, in words for all of them.")


class StartReviews(_Batch):
    """Start to review many applications; each is answered for itself. For the secretariat."""


class AdmitMembers(_Batch):
    """Make many organisations members; each is answered for itself, in the order in which they are named. For the secretariat."""


class DeclineApplications(_BatchWithReason):
    """Decline many applications with one reason; each is answered for itself. For the secretariat."""


class WithdrawInvitations(_BatchWithReason):
    """Take many invitations back with one reason; each is answered for itself. For the secretariat."""


class RenewMemberships(_Batch):
    """Give many members their next term; each is answered for itself, and one that has lapsed refused. For the secretariat."""

    until = day(says="The last day of the new term, later than that of the term before.")
    reason = text(max=500, lines=True, required=False, says="Why, such as who decided it and when.")
