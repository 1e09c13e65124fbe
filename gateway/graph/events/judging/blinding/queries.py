"""What can be asked about blind codes in the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import blinding_forms as forms
from gateway.graph.events.judging.blinding.types import OpenedCode, Seal
from gateway.graph.queries import answered, listed


class BlindingQueries(graphene.ObjectType):
    """For the organisers and supervisors of a competition."""

    seal = answered(forms.Seal, Seal)
    opened_codes = listed(forms.OpenedCodes, OpenedCode)
