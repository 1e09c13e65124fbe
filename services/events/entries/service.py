"""Entries on the wire: organisations and delegations enter and withdraw, the scheduler ends the entry window."""

from __future__ import annotations

from typing import Any

from contracts.authority import Role, Scope
from kit.authz import Right, require
from kit.db import Session
from kit.rpc import command, query
from kit.schedule import on_due
from kit.service import Service
from services.events.competitions import queries as competitions
from services.events.competitions.queries import leads
from services.events.directory import queries as directory
from services.events.directory.model import Organization
from services.events.entries import closing, commands, queries, schemas
from services.events.entries.schemas import entry_view


class EntriesService(Service):
    """An organisation enters by its representative, the office of its province, or the leader of its delegation."""

    @command(schemas.SubmitEntry)
    def submit_entry(self, session: Session, *, track_id: str, organization_id: str, contestant: str) -> dict[str, Any]:
        organization = directory.organization(session, organization_id)
        track = competitions.track(session, track_id)
        require(session, *_enters_for(organization, track.edition.series_id))
        return entry_view(commands.submit_entry(session, track=track, organization=organization, contestant=contestant))

    @command(schemas.OneEntry)
    def withdraw_entry(self, session: Session, *, entry_id: str) -> dict[str, Any]:
        entry = queries.entry(session, entry_id)
        organization = directory.organization(session, entry.organization_id)
        require(session, *_enters_for(organization, entry.edition.series_id))
        return entry_view(commands.withdraw_entry(session, entry=entry, organization=organization))

    @on_due(closing.CLOSE_ENTRIES)
    def close_entries(self, session: Session, competition_id: str) -> None:
        closing.close_entries(session, edition=competitions.edition(session, competition_id))

    @query(schemas.Entries)
    def entries(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.entries(session, **which).view(entry_view)

    @query(schemas.ByIds)
    def entries_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [entry_view(found) for found in queries.entries_by_id(session, ids)]


def _enters_for(organization: Organization, series_id: str) -> list[Right]:
    return [
        (Role.REPRESENTATIVE, Scope.organization(organization.id)),
        (Role.PROVINCE_OFFICE, Scope.province(organization.province)),
        leads(series_id, organization.province),
    ]
