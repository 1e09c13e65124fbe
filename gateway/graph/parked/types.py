"""Parked work in the graph: what was given up on, and what was done about it; never what it holds."""

from __future__ import annotations

import graphene

from contracts import parked
from gateway.graph.enums import enum
from gateway.graph.person_names import name_of
from gateway.graph.times import DateTime

_REFERENCE = "By which it is known, here and to `hub parked` on the machine."
_ABOUT = "What it is: the type of a message, the name of a timer or of a job; empty where the kind says all."


class ParkedWork(graphene.ObjectType):
    """Work that failed too often, or could never go well, and waits for somebody to look at it (搁置事项)."""

    reference = graphene.String(required=True, description=_REFERENCE)
    service = graphene.String(required=True, description="Which service: alliances, events, projects or notify.")
    kind = graphene.Field(enum(parked.ParkedKind), required=True, description="Of what kind it is.")
    about = graphene.String(required=True, description=_ABOUT)
    parked_at = DateTime(description="Since when; null where a release that kept no time has given it up.")
    attempts = graphene.Int(required=True, description="How often it was tried.")
    fault = graphene.String(
        required=True,
        description="Why the last try failed, as a kind of fault such as `KeyError`, or as the mail server's code."
        " What the fault says in its own words may name people, and is shown on the machine alone.",
    )


class ParkedSettlement(graphene.ObjectType):
    """What somebody did about work that was given up on, or about an e-mail that was to be sent again (搁置事项处置记录)."""

    reference = graphene.String(required=True, description=_REFERENCE)
    kind = graphene.Field(enum(parked.ParkedKind), required=True, description="Of what kind the work was.")
    about = graphene.String(required=True, description=_ABOUT)
    settled = graphene.Field(enum(parked.SettledBy), required=True, description="What was done about it.")
    reason = graphene.String(required=True, description="Why, in their words; empty where none were given.")
    actor = graphene.String(description="The account of who did it; null where it was done on the machine.")
    actor_name = name_of("actor")
    settled_at = DateTime(required=True, description="When.")
