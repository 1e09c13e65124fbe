"""Giving and taking roles through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.authority import roles_forms as forms
from gateway.graph.alliances.authority.roles.types import Grant
from gateway.graph.commands import command


class RolesMutations(graphene.ObjectType):
    """Who holds which role is decided here."""

    grant_role = command(forms.GrantRole, gives=Grant)
    hand_over_role = command(forms.HandOverRole, gives=Grant)
    revoke_role = command(forms.RevokeRole, gives=Grant)
