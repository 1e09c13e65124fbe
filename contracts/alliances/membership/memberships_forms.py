"""The forms of memberships: each step from the review to the end, and the lists of members."""

from __future__ import annotations

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import MOST_ASKED, Input, choice, day, identifier, listing, nested, text


class _Step(Input):
    membership_id = identifier("Membership", says="The membership that moves on.")


class _StepWithReason(_Step):
    reason = text(lines=True, max=500, says="Why, in words for the organisation and the secretariat.")


class StartReview(_Step):
    """Start to review an application. For the secretariat."""


class AdmitMember(_Step):
    """Make the organisation a member. For the secretariat."""


class DeclineMembership(_StepWithReason):
    """Decline an application (the secretariat) or an invitation (the organisation), with a reason."""


class SuspendMember(_StepWithReason):
    """Suspend a membership, with a reason. For the secretariat."""


class ResumeMember(_Step):
    """End the suspension of a membership. For the secretariat."""


class WithdrawMember(_StepWithReason):
    """Leave, or take an application back, with a reason. For the organisation."""


class ExpelMember(_StepWithReason):
    """End a membership, with a reason. For the secretariat."""


class Memberships(Browsed):
    """The memberships of an alliance, with one status or all. Members are public, the rest is for the secretariat."""

    alliance_id = identifier("Alliance", says="The alliance whose memberships are asked for.")
    status = choice(MembershipStatus, required=False, says="Only memberships at this status.")
    order_by = ordered(ByAge)


class MyMemberships(Browsed):
    """The memberships of the organisations that the viewer represents."""

    order_by = ordered(ByAge)


class FirstMembers(Browsed):
    """The first members of several alliances, or those that follow a place in the list of each."""

    alliance_ids = listing(identifier(), min=1, max=100)


class ActionsOnMemberships(Input):
    """What the viewer can do about several memberships."""

    membership_ids = listing(identifier(), min=1, max=100)


class HistoryOfMemberships(Browsed):
    """What was done to several memberships, step by step. For both sides."""

    membership_ids = listing(identifier(), min=1, max=100)


class MembershipSteps(Browsed):
    """The steps of a membership, the latest first, with who took each and why. For both sides."""

    membership_id = identifier("Membership", says="The membership whose steps are asked for.")


class MembershipStatusOn(_Step):
    """Where a membership stood at the end of a past day."""

    day = day(says="A past day in China.")


class MembershipStatusesOn(Input):
    """Where several memberships stood, each at the end of a past day."""

    asked = listing(nested(MembershipStatusOn), min=1, max=MOST_ASKED)
