"""What events says about how an edition presents itself: its introduction, the office to ask, and where it is held."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Named
from contracts.events.editions.cancelling import Concerned
from contracts.events.editions.competitions import AboutEdition


@dataclass(frozen=True, kw_only=True)
class CompetitionPresented(AboutEdition, Message, type="events.competition_presented"):
    """An edition presents itself otherwise in these `parts`: introduction, contact, venue. Drafts have no `reason`."""

    parts: list[str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class VenueMoved(Concerned, Message, type="events.venue_moved"):
    """A published edition is held elsewhere than it said before."""

    venue: Named
    address: str
