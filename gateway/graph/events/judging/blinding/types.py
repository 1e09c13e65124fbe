"""Blind codes in the graph: the seal on them, and the entries behind them once it is opened."""

from __future__ import annotations

import graphene

from contracts.events.judging.blinding import OpeningRole
from gateway.graph.enums import enum
from gateway.graph.relations import related
from gateway.graph.times import DateTime


class Seal(graphene.ObjectType):
    """The seal on the blind codes of a stage: opened by an organiser and a supervisor, two people, one after the other."""

    stage = related("Stage", "The stage whose codes are sealed.")
    codes = graphene.Int(required=True, description="How many codes there are.")
    requested_role = graphene.Field(
        enum(OpeningRole), description="In which role opening was asked for; the other is awaited."
    )
    requested_at = DateTime(description="When opening was asked for; null while nobody has asked.")
    opened_at = DateTime(description="When it was opened; null while nobody knows which entry is behind which code.")


class OpenedCode(graphene.ObjectType):
    """A blind code (盲评编码) with the entry behind it."""

    code = graphene.String(required=True, description="The blind code, as judges saw it.")
    entry = related("Entry", "The entry behind the code, for those who may see entries.")
