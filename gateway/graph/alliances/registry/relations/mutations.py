"""What can be done about relations through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry import relations_forms as forms
from gateway.graph.alliances.registry.relations.types import Relation, Succession
from gateway.graph.commands import command


class RelationsMutations(graphene.ObjectType):
    """Organisations are related and succeeded here."""

    relate_organizations = command(forms.RelateOrganizations, gives=Relation)
    end_relation = command(forms.EndRelation, gives=Relation)
    succeed_organizations = command(forms.SucceedOrganizations, gives=Succession)
    withdraw_succession = command(forms.WithdrawSuccession, gives=Succession)
