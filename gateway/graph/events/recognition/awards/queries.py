"""What can be asked about awards in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.certificate_numbers import read_number
from gateway.graph.events.recognition.awards.loaders import CertificateLoader
from gateway.graph.events.recognition.awards.types import Award, AwardKind, AwardTableBy, AwardTableRow, Certificate
from gateway.graph.relay import connection, local_id, page_arguments, to_connection


class AwardQueries(graphene.ObjectType):
    """Awards that stand and their tables are public; a certificate is shown to whoever has its number."""

    awards = graphene.Field(
        connection(Award),
        required=True,
        competition=graphene.ID(required=True),
        stage=graphene.ID(),
        kind=graphene.Argument(AwardKind),
        description="As they were given, each time the highest prize first.",
        **page_arguments(),
    )
    award_table = graphene.Field(
        graphene.List(graphene.NonNull(AwardTableRow), required=True),
        competition=graphene.ID(required=True),
        by=graphene.Argument(AwardTableBy, required=True),
        round=graphene.ID(description="Only what was won in this round."),
        description="The best first, by what the rules compare by; at most 1,000.",
    )
    certificate = graphene.Field(
        Certificate, number=graphene.String(required=True), description="In any spelling that means the number."
    )

    async def resolve_awards(
        self: Any, info: GraphQLResolveInfo, competition: str, stage: str | None = None, **which: Any
    ) -> dict[str, Any]:
        which["competition_id"] = local_id("Competition", competition, "competition")
        if stage:
            which["stage_id"] = local_id("Stage", stage, "stage")
        return to_connection(await info.context.rpc.query("events", "awards", **which), which.get("after"))

    async def resolve_award_table(
        self: Any,
        info: GraphQLResolveInfo,
        competition: str,
        by: Any,
        round: str | None = None,  # noqa: A002
    ) -> Any:
        competition_id = local_id("Competition", competition, "competition")
        round_id = local_id("Round", round, "round") if round else None
        return await info.context.rpc.query(
            "events", "award_table", competition_id=competition_id, by=by, round_id=round_id
        )

    async def resolve_certificate(self: Any, info: GraphQLResolveInfo, number: str) -> Any:
        meant = read_number(number)
        return await info.context.loader(CertificateLoader).load(meant) if meant else None
