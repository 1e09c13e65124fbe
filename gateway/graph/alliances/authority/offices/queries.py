"""What can be asked about the hub office in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.authority import offices_forms as forms
from gateway.graph.alliances.authority.offices.types import OfficeChange
from gateway.graph.queries import listed


class OfficesQueries(graphene.ObjectType):
    """The changes that wait for a second person."""

    office_changes = listed(forms.OfficeChanges, OfficeChange)
