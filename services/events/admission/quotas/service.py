"""Quotas on the wire: who holds places gives them on or returns them, and everybody sees where they are."""

from __future__ import annotations

from typing import Any

from contracts.authority import Role, Scope
from kit.authz import Right, require
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from services.events.admission.quotas import commands, queries, schemas
from services.events.admission.quotas.commands import Share
from services.events.admission.quotas.model import Quota
from services.events.admission.quotas.reallocation import reallocate_places
from services.events.admission.quotas.rules import QuotasForm
from services.events.admission.quotas.schemas import province_view, quota_view
from services.events.admission.quotas.shares import by_entries
from services.events.competitions.queries import leads, organizes
from services.events.competitions.rules import section
from services.events.directory import queries as directory


class QuotasService(Service):
    """The whole region's quota is the organisers' to give on, a province's its office's and its delegation leader's."""

    @command(schemas.AllocatePlaces)
    def allocate_places(self, session: Session, *, quota_id: str, shares: list[dict[str, Any]]) -> dict[str, Any]:
        quota = queries.quota(session, quota_id)
        require(session, *_gives_on(quota))
        return quota_view(commands.allocate_places(session, quota=quota, shares=_shares(session, quota, shares)))

    @command(schemas.ReturnPlaces)
    def return_places(self, session: Session, *, quota_id: str, places: int) -> dict[str, Any]:
        quota = queries.quota(session, quota_id)
        require(session, *_gives_on(quota), *_represents(quota))
        return quota_view(commands.return_places(session, quota=quota, places=places))

    @command(schemas.OneQuota)
    def reallocate_places(self, session: Session, *, quota_id: str) -> dict[str, Any]:
        quota = queries.quota(session, quota_id)
        require(session, *_gives_on(quota))
        return quota_view(reallocate_places(session, quota=quota))

    @query(schemas.Quotas)
    def quotas(self, session: Session, *, track_ids: list[str]) -> list[dict[str, Any]]:
        return [province_view(row) for row in queries.quotas(session, track_ids=track_ids)]

    @query(schemas.QuotaTree)
    def quota_tree(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.quota_tree(session, **which).view(quota_view)

    @query(schemas.ByIds)
    def quotas_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [quota_view(found) for found in queries.quotas_by_id(session, ids)]


def _gives_on(quota: Quota) -> list[Right]:
    series_id = quota.track.edition.series_id
    if quota.province:
        return [(Role.PROVINCE_OFFICE, Scope.province(quota.province)), leads(series_id, quota.province)]
    return [organizes(series_id)]


def _represents(quota: Quota) -> list[Right]:
    own = quota.organization_id
    return [(Role.REPRESENTATIVE, Scope.organization(own))] if own else []


def _shares(session: Session, quota: Quota, given: list[dict[str, Any]]) -> list[Share]:
    """Who is to have how many places; whom the rules give none for their entries is left out."""
    known = directory.organizations(session, [each["organization_id"] for each in given if each.get("organization_id")])
    entries = {_holder(each): each["entries"] for each in given if each.get("entries") is not None}
    due = by_entries(entries, section(session, quota.track, QuotasForm))
    places = [(each, each.get("places") or due[_holder(each)]) for each in given]
    return [
        Share(region=each.get("region"), organization=known.get(each.get("organization_id") or ""), places=number)
        for each, number in places
        if number
    ]


def _holder(given: dict[str, Any]) -> str:
    return str(given.get("organization_id") or given.get("region"))
