"""Dismissals in the graph."""

from __future__ import annotations

import graphene

from gateway.graph.person_names import name_of
from gateway.graph.relations import related
from gateway.graph.relay import global_id
from gateway.graph.times import DateTime


class Dismissal(graphene.ObjectType):
    """That two organisations which look like one are two."""

    id = global_id("Dismissal", "Its id, for `restoreDuplicate`.")
    earlier = related("Organization", "The one that was registered first.", required=True)
    later = related("Organization", "The one that was registered later.", required=True)
    reason = graphene.String(required=True, description="How it was seen that they are two.")
    dismissed_by = graphene.String(required=True, description="Who has said so.")
    dismissed_by_name = name_of("dismissed_by")
    dismissed_at = DateTime(required=True, description="When.")
    withdrawn_at = DateTime(description="Since when the pair is suggested again.")
