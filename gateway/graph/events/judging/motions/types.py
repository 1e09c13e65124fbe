"""Motions in the graph: what one person proposed for a panel, a draw or an award, and what became of it."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.events.judging.motions import MotionAct, MotionStatus
from contracts.events.recognition.awards import WithdrawalGround
from gateway.graph.document import Document
from gateway.graph.enums import enum
from gateway.graph.person_names import name_of
from gateway.graph.relations import related
from gateway.graph.relay import LOADERS, NODES, NodeType, to_global_id
from gateway.graph.times import DateTime
from gateway.protocol.calling import calls

ABOUT = {
    MotionAct.REPLACE_JUDGE: "JudgeSeat",
    MotionAct.CANCEL_DRAW: "Draw",
    MotionAct.REPLACE_ARBITRATOR: "ArbitratorSeat",
    MotionAct.WITHDRAW_AWARD: "Award",
    MotionAct.GRANT_BY_AMENDMENT: "Stage",
}
"""What each act is about."""


class Motion(NodeType, loads="motions_by_id"):
    """A motion (提请): it is done once a supervisor, not the person who proposed it, has signed it by its digest.

    What was carried is public once the codes of the stage are opened; the rest is for those who run or supervise the
    competition.
    """

    competition = related("Competition", "The competition.")
    stage = related("Stage", "The stage; null where it concerns the whole competition.")
    act = graphene.Field(enum(MotionAct), required=True, description="What it would do.")
    about_id = graphene.ID(
        required=True, description="What it is about: a JudgeSeat, Draw, ArbitratorSeat, Award or Stage."
    )
    ground = graphene.Field(enum(WithdrawalGround), description="The ground on which an award is to be withdrawn.")
    reason = graphene.String(required=True, description="Why, in the words of the person who proposed it.")
    status = graphene.Field(enum(MotionStatus), required=True, description="Its status.")
    digest = graphene.String(required=True, description="SHA-256 of the canonical form (RFC 8785) of its document.")
    document = graphene.Field(Document, required=True, description="What is signed.")
    proposed_at = DateTime(required=True, description="When it was proposed.")
    lapses_at = DateTime(required=True, description="Until when it can be signed.")
    ended_at = DateTime(description="When it was carried or withdrawn, or lapsed; null while it waits.")
    proposed_by = graphene.String(description="Who proposed it: the subject of their token.")
    proposed_by_name = name_of("proposed_by")
    signed_by = graphene.String(description="Who signed it for the supervisors: the subject of their token.")
    signed_by_name = name_of("signed_by")

    def resolve_about_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id(ABOUT[MotionAct(self["act"])], self["about_id"])


def moved() -> graphene.Field:
    """In the payload of what takes two people: the motion that waits for a supervisor."""

    @calls
    async def resolve(parent: dict[str, Any], info: GraphQLResolveInfo) -> Any:
        id_ = parent.get("motion_id")
        return await info.context.loader(LOADERS["Motion"]).load(id_) if id_ else None

    words = "The motion, which waits for a supervisor's `countersignMotion`; null if there are problems."
    return graphene.Field(lambda: NODES["Motion"], resolver=resolve, description=words)
