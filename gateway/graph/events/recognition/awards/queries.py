"""What can be asked about awards in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.certificate_numbers import read_number
from contracts.events.recognition import awards_forms as forms
from gateway.graph.events.recognition.awards.loaders import CertificateLoader
from gateway.graph.events.recognition.awards.types import Award, AwardTableRow, Certificate
from gateway.graph.queries import answered, listed
from gateway.protocol.calling import calls


class AwardQueries(graphene.ObjectType):
    """Awards that stand and their tables are public; a certificate is shown to whoever has its number."""

    awards = listed(forms.Awards, Award)
    award_table = answered(forms.AwardTable, [AwardTableRow])
    certificate = graphene.Field(
        Certificate,
        number=graphene.String(required=True, description="Its number, in any spelling that means it."),
        description="The certificate with this number, for anybody who has the number.",
    )

    @calls
    async def resolve_certificate(self: Any, info: GraphQLResolveInfo, number: str) -> Any:
        meant = read_number(number)
        return await info.context.loader(CertificateLoader).load(meant) if meant else None
