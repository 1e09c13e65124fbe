"""What can be asked about quotas in the graph."""

from __future__ import annotations

import graphene

from contracts.events.admission import quotas_forms as forms
from gateway.graph.events.admission.quotas.types import DerivedPlaces, Quota
from gateway.graph.queries import answered, listed


class QuotaQueries(graphene.ObjectType):
    """Where every place of a track is; as public as its competition."""

    quota_tree = listed(forms.QuotaTree, Quota)
    derived_places = answered(forms.DerivedPlaces, DerivedPlaces)
