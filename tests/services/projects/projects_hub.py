"""The projects service on an embedded hub, told of organisations as alliances would tell it."""

from __future__ import annotations

from contracts.alliances.registry.organizations import OrganizationChanged, OrganizationRegistered
from contracts.authority import Role, Scope
from contracts.base import Named
from kit.clock import MovableClock
from kit.ids import new_id
from services.projects.service import ProjectsService
from tests.services.service_hub import OFFICE, VISITOR, Refused, ServiceHub, at_once

__all__ = [
    "ANHUI",
    "ANHUI_OFFICE",
    "JIANGSU",
    "OFFICE",
    "SHANGHAI",
    "VISITOR",
    "ProjectsHub",
    "Refused",
    "at_once",
]
ANHUI_OFFICE = "anhui-office"
SHANGHAI, JIANGSU, ANHUI = "310000", "320000", "340000"


class ProjectsHub(ServiceHub):
    """One running projects service, whose clock goes on by itself unless another is given."""

    service = ProjectsService

    def __init__(self, clock: MovableClock | None = None) -> None:
        super().__init__(clock or MovableClock())
        self.grant(OFFICE, Role.HUB_OFFICE, Scope.hub())
        self.grant(ANHUI_OFFICE, Role.PROVINCE_OFFICE, Scope.province(ANHUI))

    def organization(
        self, zh: str, *, region: str = ANHUI, aliases: tuple[str, ...] = (), representative: str = ""
    ) -> str:
        """The id of an organisation that alliances has told of."""
        named = Named(id=new_id(), zh=zh, en=f"{zh} in English")
        message = OrganizationRegistered(organization=named, kind="university", region=region, aliases=list(aliases))
        self.hear(message, subject_id=named.id)
        if representative:
            self.grant(representative, Role.REPRESENTATIVE, Scope.organization(named.id))
        return named.id

    def rename(self, organization_id: str, zh: str, *, version: int, region: str = ANHUI) -> None:
        named = Named(id=organization_id, zh=zh, en=f"{zh} in English")
        message = OrganizationChanged(organization=named, kind="university", region=region)
        self.hear(message, subject_id=organization_id, version=version)
