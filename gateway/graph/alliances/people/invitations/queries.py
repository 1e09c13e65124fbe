"""What can be asked about invitations to a role in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.people import invitations_forms as forms
from gateway.graph.alliances.people.invitations.types import RoleInvitation
from gateway.graph.queries import listed


class InvitationsQueries(graphene.ObjectType):
    """The invitations that are open."""

    role_invitations = listed(forms.RoleInvitations, RoleInvitation)
