"""What can be asked about the terms of memberships in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import renewals_forms as forms
from gateway.graph.queries import listed


class RenewalsQueries(graphene.ObjectType):
    """What is due for renewal."""

    renewals = listed(forms.Renewals, "Membership")
