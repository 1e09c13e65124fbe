"""What can be done about invitations to an alliance through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import invitations_forms as forms
from gateway.graph.alliances.membership.invitations.types import Invitation, InvitationLetter
from gateway.graph.alliances.membership.memberships.types import Membership
from gateway.graph.commands import command


class MembershipInvitationsMutations(graphene.ObjectType):
    """Each answers with the membership as it stands then."""

    invite_member = command(forms.InviteMember, gives=Membership)
    invite_members = command(forms.InviteMembers, gives={"invitations": [Invitation]})
    withdraw_invitation = command(forms.WithdrawInvitation, gives=Membership)
    accept_invitation = command(forms.AcceptInvitation, gives=Membership)
    post_invitation = command(forms.PostInvitation, gives={"letter": InvitationLetter})
    answer_invitation = command(forms.AnswerInvitation, gives=Membership)
