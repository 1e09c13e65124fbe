"""Sightings on the wire: everybody sees who has read what is held of them, and nobody else does."""

from __future__ import annotations

from typing import Any

from contracts.alliances.people import sightings_forms as forms
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.right import SIGNED_IN
from services.alliances.people.sightings import queries
from services.alliances.people.sightings.schemas import sighting_view


class SightingsService(Service):
    """Who has read what is held of oneself (查阅记录)."""

    @query(forms.MySightings, right=SIGNED_IN)
    def my_sightings(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.my_sightings(session, **which).view(sighting_view)
