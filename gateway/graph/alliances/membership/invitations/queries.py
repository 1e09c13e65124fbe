"""What can be asked about invitations to an alliance in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import invitations_forms as forms
from gateway.graph.alliances.membership.invitations.types import InvitationLetter
from gateway.graph.queries import listed


class MembershipInvitationsQueries(graphene.ObjectType):
    """What was sent to whom, and what became of it."""

    invitation_letters = listed(forms.InvitationLetters, InvitationLetter)
