"""What can be done about the terms of memberships through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import renewals_forms as forms
from gateway.graph.commands import command


class RenewalsMutations(graphene.ObjectType):
    """Each answers with the membership."""

    renew_membership = command(forms.RenewMembership, gives="Membership")
    correct_term = command(forms.CorrectTerm, gives="Membership")
