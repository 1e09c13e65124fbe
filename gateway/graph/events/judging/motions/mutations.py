"""What can be done about motions through the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import motions_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.judging.motions.types import Motion


class MotionMutations(graphene.ObjectType):
    """A supervisor signs, whoever runs or supervises the competition takes back."""

    countersign_motion = command(forms.CountersignMotion, gives=Motion, long=True)
    withdraw_motion = command(forms.WithdrawMotion, gives=Motion)
