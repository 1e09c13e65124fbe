"""Giving and taking roles through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances import authority_forms as forms
from gateway.graph.alliances.authority.types import Grant
from gateway.graph.commands import command


class AuthorityMutations(graphene.ObjectType):
    """Who holds which role is decided here."""

    grant_role = command(forms.GrantRole, gives=Grant)
    revoke_role = command(forms.RevokeRole, gives=Grant)
