"""What can be asked about works in the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import works_forms as forms
from gateway.graph.events.judging.works.types import BlindWork, Work
from gateway.graph.queries import answered


class WorkQueries(graphene.ObjectType):
    """Those who know the entry see its works by name; judges see them by blind code."""

    works = answered(forms.Works, [Work])
    blind_works = answered(forms.BlindWorks, [BlindWork])
