"""What can be done about a membership through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import memberships_forms as forms
from gateway.graph.alliances.membership.memberships.types import Membership
from gateway.graph.commands import command


class MembershipMutations(graphene.ObjectType):
    """Each answers with the membership as it stands then."""

    start_review = command(forms.StartReview, gives=Membership)
    admit_member = command(forms.AdmitMember, gives=Membership)
    decline_membership = command(forms.DeclineMembership, gives=Membership)
    suspend_member = command(forms.SuspendMember, gives=Membership)
    resume_member = command(forms.ResumeMember, gives=Membership)
    withdraw_member = command(forms.WithdrawMember, gives=Membership)
    expel_member = command(forms.ExpelMember, gives=Membership)
