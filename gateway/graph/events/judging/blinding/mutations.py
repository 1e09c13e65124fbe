"""What can be done about blind codes through the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import blinding_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.judging.blinding.types import Seal


class BlindingMutations(graphene.ObjectType):
    """Codes are opened by two people in two roles."""

    open_codes = command(forms.OpenCodes, gives=Seal)
    take_back_opening = command(forms.TakeBackOpening, gives=Seal)
