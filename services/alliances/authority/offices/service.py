"""Offices on the wire: the hub office decides by two who works in it."""

from __future__ import annotations

from typing import Any

from contracts.alliances.authority import offices_forms as forms
from contracts.alliances.authority.offices import OfficeChangeKind
from contracts.forms import ByIds
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import holds, require
from kit.rights.right import HUB_OFFICE
from services.alliances.authority.offices import commands, queries
from services.alliances.authority.offices.schemas import office_change_view
from services.alliances.authority.roles.knowing import check_known


class OfficesService(Service):
    """Changes of the hub office; the first of its people is appointed by the operator."""

    @command(forms.ProposeOfficeChange, right=HUB_OFFICE)
    def propose_office_change(self, session: Session, *, person: str, kind: OfficeChangeKind) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        if kind == OfficeChangeKind.APPOINT:
            check_known(self, session, person)
        return office_change_view(commands.propose_office_change(session, person=person, kind=kind))

    @command(forms.CountersignOfficeChange, right=HUB_OFFICE)
    def countersign_office_change(self, session: Session, *, office_change_id: str, digest: str) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        change = queries.office_change(session, office_change_id)
        return office_change_view(commands.countersign_office_change(session, change=change, digest=digest))

    @command(forms.WithdrawOfficeChange, right=HUB_OFFICE)
    def withdraw_office_change(self, session: Session, *, office_change_id: str) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        change = queries.office_change(session, office_change_id)
        return office_change_view(commands.withdraw_office_change(session, change=change))

    @query(forms.OfficeChanges, right=HUB_OFFICE)
    def office_changes(self, session: Session, **which: Any) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        return queries.office_changes(session, **which).view(office_change_view)

    @query(ByIds, shows=HUB_OFFICE)
    def office_changes_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        found = queries.office_changes_by_id(session, ids) if holds(session, HUB_OFFICE) else []
        return rendered(found, office_change_view)
