"""What can be asked about sightings in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.people import sightings_forms as forms
from gateway.graph.alliances.people.sightings.types import Sighting
from gateway.graph.queries import listed


class SightingsQueries(graphene.ObjectType):
    """Who has read what is held of the viewer."""

    my_sightings = listed(forms.MySightings, Sighting)
