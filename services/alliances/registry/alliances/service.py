"""Alliances on the wire."""

from __future__ import annotations

from typing import Any

from contracts.alliances.registry import alliances_forms as forms
from contracts.authority import Role, Scope
from contracts.forms import ByIds
from contracts.ids import is_id
from contracts.regions import province_of
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require
from services.alliances.authority.roles.commands import grant_role
from services.alliances.authority.roles.service import PROVINCE_OF_SCOPE
from services.alliances.registry.alliances import commands, queries
from services.alliances.registry.alliances.schemas import alliance_view
from services.alliances.rights import ENTERS_IN_PROVINCE


class AllianceRegistryService(Service):
    """Alliances. To enter one takes the hub office, or the office of the province that leads it."""

    @command(forms.FoundAlliance, right=ENTERS_IN_PROVINCE)
    def found_alliance(
        self,
        session: Session,
        *,
        region: str | None = None,
        industry: str | None = None,
        founded_on: Any = None,
        secretariat: str | None = None,
        **entry: Any,
    ) -> dict[str, Any]:
        require(session, ENTERS_IN_PROVINCE, province=province_of(region) if region else None)
        alliance = commands.found_alliance(session, region=region, industry=industry, founded_on=founded_on, **entry)
        if secretariat:
            grant_role(session, person=secretariat, role=Role.SECRETARIAT, scope=Scope.alliance(alliance.id))
        return alliance_view(alliance)

    @query(forms.Alliances)
    def alliances(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.alliances(session, **which).view(alliance_view)

    @query(ByIds)
    def alliances_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.alliances_by_id(session, ids), alliance_view)

    @hook(PROVINCE_OF_SCOPE)
    def province_of_alliance(self, session: Session, scope: Scope) -> str | None:
        found = queries.alliances_by_id(session, [scope.id]) if scope.type == "alliance" and is_id(scope.id) else []
        return next((province_of(each.region) for each in found if each.region), None)
