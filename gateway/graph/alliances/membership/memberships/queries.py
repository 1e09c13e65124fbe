"""What can be asked about memberships in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import memberships_forms as forms
from gateway.graph.alliances.membership.memberships.types import Membership, MembershipStepTaken
from gateway.graph.queries import listed


class MembershipQueries(graphene.ObjectType):
    """Applications and memberships, for those whom they concern."""

    memberships = listed(forms.Memberships, Membership)
    my_memberships = listed(forms.MyMemberships, Membership)
    membership_steps = listed(forms.MembershipSteps, MembershipStepTaken)
