"""The events service on an embedded hub, told of organisations and alliances as alliances would tell it."""

from __future__ import annotations

from contracts.alliances.registry.alliances import AllianceFounded
from contracts.alliances.registry.organizations import OrganizationRegistered
from contracts.authority import Role, Scope
from contracts.base import Named
from kit.clock import MovableClock
from kit.ids import new_id
from services.events.service import EventsService
from tests.clock import NOW, StandingClock
from tests.services.service_hub import OFFICE, Refused, ServiceHub, at_once, eventually

__all__ = [
    "ANHUI",
    "JIANGSU",
    "NOW",
    "OFFICE",
    "SHANGHAI",
    "EventsHub",
    "Refused",
    "StandingClock",
    "at_once",
    "eventually",
]
SHANGHAI, ANHUI, JIANGSU = "310000", "340000", "320000"


class EventsHub(ServiceHub):
    """One running events service."""

    service = EventsService

    def __init__(self, clock: MovableClock | None = None) -> None:
        super().__init__(clock)
        self.grant(OFFICE, Role.HUB_OFFICE, Scope.hub())

    def organization(self, region: str = "310115", representative: str = "", zh: str = "上海师范大学") -> str:
        """The id of an organisation that alliances has told of."""
        named = Named(id=new_id(), zh=zh, en=f"University {region}")
        message = OrganizationRegistered(organization=named, kind="university", region=region)
        self.hear(message, subject_id=named.id)
        if representative:
            self.grant(representative, Role.REPRESENTATIVE, Scope.organization(named.id))
        return named.id

    def alliance(self) -> str:
        named = Named(id=new_id(), zh="联盟", en="Alliance")
        message = AllianceFounded(alliance=named, kind="mechanism", region=None, founded_on=None)
        self.hear(message, subject_id=named.id)
        return named.id
