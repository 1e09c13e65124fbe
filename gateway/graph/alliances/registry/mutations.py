"""What can be done in the registry through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.alliances.registry.types import Alliance, AllianceKind, Organization, OrganizationKind
from gateway.graph.relay import Command
from gateway.graph.times import Date


class RegisterOrganization(Command):
    """Enter an organisation. For the hub office and the office of its province."""

    class Meta:
        service = "alliances"
        result = "organization"

    class Input:
        kind = OrganizationKind(required=True)
        region = graphene.String(required=True, description="GB/T 2260 code.")
        name_zh = graphene.String(required=True)
        name_en = graphene.String(required=True)
        credit_code = graphene.String(description="Unified social credit code; its check digit is checked.")
        aliases = graphene.List(graphene.NonNull(graphene.String))
        representative = graphene.String(description="The subject of the token of the person who will represent it.")

    organization = graphene.Field(Organization)


class FoundAlliance(Command):
    """Enter an alliance. For the hub office and the office of the province that leads it."""

    class Meta:
        service = "alliances"
        result = "alliance"

    class Input:
        kind = AllianceKind(required=True)
        region = graphene.String(description="GB/T 2260 code of the province that leads it.")
        name_zh = graphene.String(required=True)
        name_en = graphene.String(required=True)
        industry = graphene.String()
        founded_on = Date()
        secretariat = graphene.String(description="The subject of the token of the person in its secretariat.")

    alliance = graphene.Field(Alliance)


class RegistryMutations(graphene.ObjectType):
    register_organization = RegisterOrganization.Field()
    found_alliance = FoundAlliance.Field()
