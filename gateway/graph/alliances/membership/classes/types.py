"""Classes of members in the graph."""

from __future__ import annotations

import graphene

from gateway.graph.region import name_field
from gateway.graph.times import Date


class MemberClass(graphene.ObjectType):
    """The class of a member (成员类别), by the charter of its alliance."""

    code = graphene.String(required=True, description="Its code in the charter.")
    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")
    votes = graphene.Int(required=True, description="How many votes a member of the class has.")
    since = Date(required=True, description="The first day in China on which the member was in it.")
