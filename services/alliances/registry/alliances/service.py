"""Alliances on the wire."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.alliances.registry import alliances_forms as forms
from contracts.authority import Role, Scope
from contracts.browsing import Stretch
from contracts.forms import ByIds
from contracts.ids import is_id
from contracts.refusals import NotFound
from contracts.regions import province_of
from kit.calls.acting import Acts
from kit.calls.asked import each_answered
from kit.calls.histories import concerning, histories
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require
from kit.work.timers import on_due
from services.alliances.authority.roles.commands import grant_role
from services.alliances.authority.roles.knowing import check_known
from services.alliances.authority.roles.service import PROVINCE_OF_SCOPE
from services.alliances.registry.alliances import commands, queries
from services.alliances.registry.alliances.dating import DATE_LINKS, date_links
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.alliances.renaming import (
    TURN_ALLIANCE,
    rename_alliance,
    turn_alliance,
    withdraw_alliance_name,
)
from services.alliances.registry.alliances.schemas import alliance_change_view, alliance_view, name_view
from services.alliances.registry.looking_back import history
from services.alliances.registry.naming import period_on, period_view
from services.alliances.rights import CHANGES_ALLIANCE, ENTERS_IN_PROVINCE


class AllianceRegistryService(Service):
    """Alliances. To enter one takes the hub office, or the office of the province that leads it."""

    @command(forms.FoundAlliance, right=ENTERS_IN_PROVINCE)
    def found_alliance(
        self,
        session: Session,
        *,
        region: str | None = None,
        industry: str | None = None,
        founded_on: date | None = None,
        secretariat: str | None = None,
        **entry: Any,
    ) -> dict[str, Any]:
        require(session, ENTERS_IN_PROVINCE, province=province_of(region) if region else None)
        alliance = commands.found_alliance(session, region=region, industry=industry, founded_on=founded_on, **entry)
        if secretariat:
            check_known(self, session, secretariat, "secretariat")
            grant_role(session, person=secretariat, role=Role.SECRETARIAT, scope=Scope.alliance(alliance.id))
        return alliance_view(alliance)

    @command(forms.ChangeAlliance, right=CHANGES_ALLIANCE, acts=Acts(Alliance))
    def change_alliance(
        self, session: Session, *, alliance_id: str, reason: str | None = None, **facts: Any
    ) -> dict[str, Any]:
        alliance = self._mine(session, alliance_id)
        if facts.get("region", alliance.region) != alliance.region:
            require(session, ENTERS_IN_PROVINCE, province=alliance.keys["province"])
            require(session, ENTERS_IN_PROVINCE, province=province_of(facts["region"]) if facts["region"] else None)
        commands.change_alliance(session, alliance=alliance, reason=reason or "", **facts)
        return alliance_view(alliance)

    @command(forms.RenameAlliance, right=CHANGES_ALLIANCE, acts=Acts(Alliance))
    def rename_alliance(self, session: Session, *, alliance_id: str, **names: Any) -> dict[str, Any]:
        alliance = self._mine(session, alliance_id)
        rename_alliance(session, alliance=alliance, **names)
        return alliance_view(alliance)

    @command(forms.WithdrawAllianceName, right=CHANGES_ALLIANCE, acts=Acts(Alliance))
    def withdraw_alliance_name(self, session: Session, *, alliance_id: str, since: date, reason: str) -> dict[str, Any]:
        alliance = self._mine(session, alliance_id)
        withdraw_alliance_name(session, alliance=alliance, since=since, reason=reason)
        return alliance_view(alliance)

    @command(forms.MoveAllianceStage, right=CHANGES_ALLIANCE, acts=Acts(Alliance))
    def move_alliance_stage(self, session: Session, *, alliance_id: str, **step: Any) -> dict[str, Any]:
        alliance = self._mine(session, alliance_id)
        commands.move_alliance_stage(session, alliance=alliance, **step)
        return alliance_view(alliance)

    @command(forms.LinkAlliance, right=CHANGES_ALLIANCE, acts=Acts(Alliance))
    def link_alliance(
        self, session: Session, *, alliance_id: str, reason: str, parent_id: str | None = None
    ) -> dict[str, Any]:
        """Both sides agree: who links acts for the two of them."""
        alliance = self._mine(session, alliance_id)
        parent = self._mine(session, parent_id) if parent_id else None
        commands.link_alliance(session, alliance=alliance, parent=parent, reason=reason)
        return alliance_view(alliance)

    @on_due(TURN_ALLIANCE)
    def turn_alliance(self, session: Session, alliance_id: str) -> None:
        turn_alliance(session, queries.alliance_to_change(session, alliance_id))

    @on_due(DATE_LINKS)
    def date_links(self, session: Session, behind: str) -> None:
        date_links(session, behind)

    @query(forms.AllianceHistory, right=CHANGES_ALLIANCE)
    def alliance_history(self, session: Session, *, alliance_id: str, **which: Any) -> dict[str, Any]:
        alliance = queries.alliance(session, alliance_id)
        require(session, CHANGES_ALLIANCE, **alliance.keys)
        return history(session, alliance, **which).view(alliance_change_view)

    @query(forms.ActionsOnAlliances)
    def actions_on_alliances(self, session: Session, *, alliance_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.alliances_by_id(session, alliance_ids)
        return self.actions_on(session, found, kind=Alliance, whose="alliance_id")

    @query(forms.HistoryOfAlliances, shows=CHANGES_ALLIANCE)
    def history_of_alliances(
        self, session: Session, *, alliance_ids: list[str], stretch: Stretch
    ) -> list[dict[str, Any]]:
        found = concerning(session, CHANGES_ALLIANCE, queries.alliances_by_id(session, alliance_ids))
        return histories(session, found, whose="alliance_id", stretch=stretch)

    @query(forms.NamesOfAlliances)
    def names_of_alliances(self, session: Session, *, alliance_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.alliances_with_names(session, alliance_ids)
        return rendered([(each, period) for each in found for period in each.periods], name_view)

    @query(forms.AllianceNamesOn)
    def alliance_names_on(self, session: Session, *, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What each of them was called on its day, with as many statements for many as for one."""
        ids = {question["alliance_id"] for question in asked}
        found = {each.id: each.periods for each in queries.alliances_with_names(session, ids)}

        def answer(*, alliance_id: str, day: date) -> dict[str, Any]:
            if alliance_id not in found:
                raise NotFound("allianceId")
            return period_view(period_on(found[alliance_id], day))

        return each_answered(answer, asked)

    def _mine(self, session: Session, alliance_id: str) -> Alliance:
        """The alliance, if the viewer may change its entry."""
        alliance = queries.alliance_to_change(session, alliance_id)
        require(session, CHANGES_ALLIANCE, **alliance.keys)
        return alliance

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
