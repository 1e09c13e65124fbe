"""What can be asked about motions in the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import motions_forms as forms
from gateway.graph.events.judging.motions.types import Motion
from gateway.graph.queries import listed


class MotionQueries(graphene.ObjectType):
    """Everybody sees what was carried, once codes are opened; those who run or supervise a competition see all."""

    motions = listed(forms.Motions, Motion)
