"""How competitions present themselves in the graph."""

from __future__ import annotations

import graphene

from gateway.graph.region import region_field
from gateway.graph.times import DateTime


class CompetitionContact(graphene.ObjectType):
    """The office that answers questions about a competition (联系方式)."""

    office_zh = graphene.String(required=True, description="What the office is called in Chinese.")
    office_en = graphene.String(required=True, description="What it is called in English.")
    telephone = graphene.String(description="Its telephone.")
    email = graphene.String(description="Its address for e-mail.")


class CompetitionVenue(graphene.ObjectType):
    """Where a competition is held (赛场)."""

    name_zh = graphene.String(required=True, description="What the place is called in Chinese.")
    name_en = graphene.String(required=True, description="What it is called in English.")
    address = graphene.String(required=True, description="Its address.")
    region = region_field("Where it lies.", required=True)


class Presentation(graphene.ObjectType):
    """How a competition presents itself (赛事介绍): the version that is in force."""

    version = graphene.Int(required=True, description="The number of the version, from 1.")
    introduction_zh = graphene.String(description="Its introduction in Chinese.")
    introduction_en = graphene.String(description="Its introduction in English.")
    contact = graphene.Field(CompetitionContact, description="The office that answers questions.")
    venue = graphene.Field(CompetitionVenue, description="Where it is held.")
    reason = graphene.String(required=True, description="Why it was changed; empty for a draft.")
    created_at = DateTime(required=True, description="Since when it is in force.")
