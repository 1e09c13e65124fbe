"""Competitions on the wire: organisers prepare and publish, organisations and provinces enter."""

from __future__ import annotations

from typing import Any

from contracts.authority import Role, Scope
from kit.authz import Right, require
from kit.db import Session
from kit.rpc import command, query
from kit.schedule import on_due
from kit.schemas import Page
from kit.service import Service
from services.events.competitions import commands, queries, schemas
from services.events.competitions.model import Series
from services.events.competitions.queries import organizes
from services.events.competitions.schemas import competition_view, entry_view, quota_view, series_view, track_view
from services.events.directory import queries as directory
from services.events.directory.model import Organization


class CompetitionsService(Service):
    """Series, editions, quotas and entries. A series is founded by the hub office, which then names its organisers."""

    @command(schemas.FoundSeries)
    def found_series(self, session: Session, **entry: Any) -> dict[str, Any]:
        require(session)
        return series_view(commands.found_series(session, **entry))

    @command(schemas.DraftCompetition)
    def draft_competition(
        self,
        session: Session,
        *,
        series_id: str | None = None,
        series: dict[str, Any] | None = None,
        **facts: Any,
    ) -> dict[str, Any]:
        held = self._series(session, series_id, series, facts.get("alliance_id"))
        return competition_view(commands.draft_competition(session, series=held, **facts))

    @command(schemas.OneCompetition)
    def publish_competition(self, session: Session, *, competition_id: str) -> dict[str, Any]:
        edition = queries.edition(session, competition_id)
        require(session, organizes(edition.series_id))
        return competition_view(commands.publish_competition(session, edition=edition))

    @command(schemas.SubmitEntry)
    def submit_entry(self, session: Session, *, track_id: str, organization_id: str, contestant: str) -> dict[str, Any]:
        organization = directory.organization(session, organization_id)
        require(session, *_enters_for(organization))
        track = queries.track(session, track_id)
        return entry_view(commands.submit_entry(session, track=track, organization=organization, contestant=contestant))

    @command(schemas.OneEntry)
    def withdraw_entry(self, session: Session, *, entry_id: str) -> dict[str, Any]:
        entry = queries.entry(session, entry_id)
        organization = directory.organization(session, entry.organization_id)
        require(session, *_enters_for(organization))
        return entry_view(commands.withdraw_entry(session, entry=entry, organization=organization))

    @on_due(commands.CLOSE_ENTRIES)
    def close_entries(self, session: Session, competition_id: str) -> None:
        commands.close_entries(session, edition=queries.edition(session, competition_id))

    @query(Page)
    def series(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.all_series(session, **which).view(series_view)

    @query(schemas.ByIds)
    def series_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [series_view(found) for found in queries.series_by_id(session, ids)]

    @query(schemas.Competitions)
    def competitions(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.competitions(session, **which).view(competition_view)

    @query(schemas.ByIds)
    def competitions_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [competition_view(found) for found in queries.competitions_by_id(session, ids)]

    @query(schemas.ByIds)
    def tracks_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [track_view(found) for found in queries.tracks_by_id(session, ids)]

    @query(schemas.Quotas)
    def quotas(self, session: Session, *, track_ids: list[str]) -> list[dict[str, Any]]:
        return [quota_view(found) for found in queries.quotas(session, track_ids=track_ids)]

    @query(schemas.Entries)
    def entries(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.entries(session, **which).view(entry_view)

    @query(schemas.ByIds)
    def entries_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [entry_view(found) for found in queries.entries_by_id(session, ids)]

    def _series(
        self, session: Session, series_id: str | None, new: dict[str, Any] | None, alliance_id: str | None
    ) -> Series:
        """The series that the viewer organises, or the new one that the hub office founds with its first edition."""
        if series_id:
            series = queries.one_series(session, series_id)
            require(session, organizes(series.id))
            return series
        require(session)
        return commands.found_series(session, **(new or {}), alliance_id=alliance_id)


def _enters_for(organization: Organization) -> list[Right]:
    return [
        (Role.REPRESENTATIVE, Scope.organization(organization.id)),
        (Role.PROVINCE_OFFICE, Scope.province(organization.province)),
    ]
