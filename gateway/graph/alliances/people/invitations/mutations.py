"""What can be done about invitations to a role through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.people import invitations_forms as forms
from gateway.graph.alliances.authority.roles.types import Grant
from gateway.graph.alliances.people.invitations.types import RoleInvitation
from gateway.graph.commands import command


class InvitationsMutations(graphene.ObjectType):
    """A role is offered, accepted, or the offer taken back."""

    invite_to_role = command(forms.InviteToRole, gives=RoleInvitation)
    accept_role = command(forms.AcceptRole, gives=Grant)
    resend_role_invitation = command(forms.ResendRoleInvitation, gives=RoleInvitation)
    withdraw_role_invitation = command(forms.WithdrawRoleInvitation, gives=RoleInvitation)
