"""Sessions in the graph."""

from __future__ import annotations

import graphene

from gateway.graph.person_names import name_of
from gateway.graph.times import DateTime


class EndedSessions(graphene.ObjectType):
    """That the sessions of a person were ended: no token issued until then is accepted."""

    person = graphene.String(required=True, description="Whose sessions: the subject of their token.")
    person_name = name_of("person")
    ended_at = DateTime(required=True, description="Until when tokens must have been issued that count no more.")
