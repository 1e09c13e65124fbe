"""Charters on the wire: the secretariat adopts them, everybody may read them."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.alliances.membership import charters_forms as forms
from contracts.forms import ByIds
from kit.calls.acting import Acts
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require
from services.alliances.membership.charters import commands, queries
from services.alliances.membership.charters.reading import all_in_force, today
from services.alliances.membership.charters.schemas import charter_view, in_force_view
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.alliances.queries import alliance as find_alliance
from services.alliances.rights import ACTS_FOR_ALLIANCE


class ChartersService(Service):
    """The rules by which an alliance has its members."""

    @command(forms.AdoptCharter, right=ACTS_FOR_ALLIANCE, acts=Acts(Alliance))
    def adopt_charter(
        self, session: Session, *, alliance_id: str, rules: dict[str, Any], reason: str, since: date | None = None
    ) -> dict[str, Any]:
        alliance = find_alliance(session, alliance_id)
        require(session, ACTS_FOR_ALLIANCE, alliance_id=alliance.id)
        charter = commands.adopt_charter(session, alliance=alliance, rules=rules, since=since, reason=reason)
        for fits in self.hooked(commands.ADOPTED):
            fits(session, charter)
        return charter_view(charter)

    @query(forms.Charters)
    def charters(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.charters(session, **which).view(charter_view)

    @query(forms.ChartersOn)
    def charters_on(self, session: Session, *, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What was in force at the end of each day, with as many statements for many as for one."""
        places = [(question["alliance_id"], question.get("day") or today(session)) for question in asked]
        found = all_in_force(session, set(places))
        return [{"answer": in_force_view(found[place]), "problems": []} for place in places]

    @query(ByIds)
    def charters_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.charters_by_id(session, ids), charter_view)
