"""What can be done about applications and their papers through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import applications_forms as forms
from gateway.graph.alliances.membership.memberships.types import Membership
from gateway.graph.commands import command


class ApplicationsMutations(graphene.ObjectType):
    """Each answers with the membership as it stands then."""

    apply_for_membership = command(forms.ApplyForMembership, gives=Membership)
    return_application = command(forms.ReturnApplication, gives=Membership)
    correct_application = command(forms.CorrectApplication, gives=Membership)
