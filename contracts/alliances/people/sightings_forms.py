"""The forms of sightings: who has read what is held of oneself."""

from __future__ import annotations

from contracts.browsing import Browsed


class MySightings(Browsed):
    """Who has read what the hub holds of the viewer, when and why; the newest first."""
