"""The team of a competition in the graph."""

from __future__ import annotations

import graphene

from contracts.authority import Role
from gateway.graph.enums import enum
from gateway.graph.person_names import name_of
from gateway.graph.region import region_field
from gateway.graph.relations import related
from gateway.graph.times import DateTime


class TeamMember(graphene.ObjectType):
    """Somebody with a role in a competition (赛事团队成员), once for each role or seat."""

    person = graphene.String(required=True, description="The subject of their token.")
    person_name = name_of("person")
    role = graphene.Field(enum(Role), required=True, description="Their role.")
    since = DateTime(required=True, description="Since when they have it; of a judge, when they were drawn.")
    until = DateTime(description="When it ended; null while they have it.")
    province = region_field("The province whose delegation they lead, or for which a judge counts.")
    stage = related("Stage", "The stage on whose panel a judge sits; null for the other roles.")
