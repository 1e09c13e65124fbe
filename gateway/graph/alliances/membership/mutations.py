"""What can be done about a membership through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.alliances.membership.types import Membership
from gateway.graph.relay import Command, node_id


class _MembershipCommand(Command):
    """A command whose answer is the membership as it stands then."""

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(cls, **options: object) -> None:
        cls.membership = graphene.Field(Membership)
        super().__init_subclass_with_meta__(service="alliances", result="membership", **options)


class _Pair:
    alliance_id = node_id("Alliance", required=True)
    organization_id = node_id("Organization", required=True)


class _Step:
    membership_id = node_id("Membership", required=True)


class _StepWithReason:
    membership_id = node_id("Membership", required=True)
    reason = graphene.String(required=True)


class ApplyForMembership(_MembershipCommand):
    """Ask to join. For the organisation's representative and the office of its province."""

    Input = _Pair


class InviteMember(_MembershipCommand):
    """Ask an organisation to join. For the secretariat."""

    Input = _Pair


class AcceptInvitation(_MembershipCommand):
    """Say yes to an invitation, and come under review. For the organisation."""

    Input = _Step


class StartReview(_MembershipCommand):
    """Take an application in hand. For the secretariat."""

    Input = _Step


class AdmitMember(_MembershipCommand):
    """Make the organisation a member. For the secretariat."""

    Input = _Step


class DeclineMembership(_MembershipCommand):
    """Decline an application (the secretariat) or an invitation (the organisation), with a reason."""

    Input = _StepWithReason


class SuspendMember(_MembershipCommand):
    """Let a membership rest, with a reason. For the secretariat."""

    Input = _StepWithReason


class ResumeMember(_MembershipCommand):
    """End the rest of a membership. For the secretariat."""

    Input = _Step


class WithdrawMember(_MembershipCommand):
    """Leave, or take an application back, with a reason. For the organisation."""

    Input = _StepWithReason


class ExpelMember(_MembershipCommand):
    """End a membership, with a reason. For the secretariat."""

    Input = _StepWithReason


class MembershipMutations(graphene.ObjectType):
    apply_for_membership = ApplyForMembership.Field()
    invite_member = InviteMember.Field()
    accept_invitation = AcceptInvitation.Field()
    start_review = StartReview.Field()
    admit_member = AdmitMember.Field()
    decline_membership = DeclineMembership.Field()
    suspend_member = SuspendMember.Field()
    resume_member = ResumeMember.Field()
    withdraw_member = WithdrawMember.Field()
    expel_member = ExpelMember.Field()
