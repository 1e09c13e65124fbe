"""What can be asked of relations in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry import relations_forms as forms
from gateway.graph.alliances.registry.relations.types import Relation, Succession
from gateway.graph.queries import listed


class RelationsQueries(graphene.ObjectType):
    """Relations and successions; public."""

    relations = listed(forms.Relations, Relation)
    successions = listed(forms.Successions, Succession)
