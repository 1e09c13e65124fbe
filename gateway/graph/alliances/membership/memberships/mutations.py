"""What can be done about a membership through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import memberships_forms as forms
from gateway.graph.alliances.membership.memberships.types import Invitation, Membership
from gateway.graph.commands import command


class MembershipMutations(graphene.ObjectType):
    """Each answers with the membership as it stands then."""

    invite_member = command(forms.InviteMember, gives=Membership)
    invite_members = command(forms.InviteMembers, gives={"invitations": [Invitation]})
    withdraw_invitation = command(forms.WithdrawInvitation, gives=Membership)
    accept_invitation = command(forms.AcceptInvitation, gives=Membership)
    start_review = command(forms.StartReview, gives=Membership)
    admit_member = command(forms.AdmitMember, gives=Membership)
    decline_membership = command(forms.DeclineMembership, gives=Membership)
    suspend_member = command(forms.SuspendMember, gives=Membership)
    resume_member = command(forms.ResumeMember, gives=Membership)
    withdraw_member = command(forms.WithdrawMember, gives=Membership)
    expel_member = command(forms.ExpelMember, gives=Membership)
