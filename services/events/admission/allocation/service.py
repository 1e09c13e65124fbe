"""Allocation on the wire: who holds places gives them on or returns them."""

from __future__ import annotations

from typing import Any

from contracts.events.admission import quotas_forms as forms
from contracts.events.editions.phases import PhaseKind
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import require
from services.events.admission.allocation import commands, deriving, returning
from services.events.admission.allocation.commands import Share
from services.events.admission.allocation.reallocating import reallocate_places
from services.events.admission.allocation.schemas import derived_view
from services.events.admission.quotas import queries
from services.events.admission.quotas.model import Quota
from services.events.admission.quotas.rules import QuotasForm
from services.events.admission.quotas.schemas import quota_view
from services.events.admission.quotas.shares import by_entries
from services.events.directory import queries as directory
from services.events.editions.phases.commands import phase_closed
from services.events.editions.phases.model import Phase
from services.events.editions.rulesets.reading import section
from services.events.rights import ALLOTS_PLACES, RETURNS_PLACES


class AllocationService(Service):
    """The whole region's quota is the organisers' to give on, a province's its office's and its delegation leader's."""

    @command(forms.AllocatePlaces, right=ALLOTS_PLACES)
    def allocate_places(self, session: Session, *, quota_id: str, shares: list[dict[str, Any]]) -> dict[str, Any]:
        quota = queries.quota(session, quota_id)
        require(session, ALLOTS_PLACES, **_keys(quota))
        _check_gives(quota)
        return quota_view(commands.allocate_places(session, quota=quota, shares=_shares(session, quota, shares)))

    @query(forms.DerivedPlaces, right=ALLOTS_PLACES)
    def derived_places(self, session: Session, *, quota_id: str, **which: Any) -> dict[str, Any]:
        quota = queries.quota(session, quota_id)
        require(session, ALLOTS_PLACES, **_keys(quota))
        return derived_view(deriving.derived_places(session, quota=quota, **which), whole=not quota.province)

    @command(forms.DerivePlaces, right=ALLOTS_PLACES)
    def derive_places(
        self, session: Session, *, quota_id: str, digest: str, reason: str, **which: Any
    ) -> dict[str, Any]:
        quota = queries.quota(session, quota_id)
        require(session, ALLOTS_PLACES, **_keys(quota))
        _check_gives(quota)
        derived = deriving.derived_places(session, quota=quota, **which)
        given = deriving.derive_places(session, quota=quota, derived=derived, digest=digest, reason=reason)
        return quota_view(given)

    @command(forms.ReturnPlaces, right=RETURNS_PLACES)
    def return_places(self, session: Session, *, quota_id: str, places: int) -> dict[str, Any]:
        quota = queries.quota(session, quota_id)
        require(session, RETURNS_PLACES, **_keys(quota))
        quota.track.edition.check_not_cancelled()
        return quota_view(commands.return_places(session, quota=quota, places=places))

    @command(forms.ReallocatePlaces, right=ALLOTS_PLACES)
    def reallocate_places(self, session: Session, *, quota_id: str) -> dict[str, Any]:
        quota = queries.quota(session, quota_id)
        require(session, ALLOTS_PLACES, **_keys(quota))
        quota.track.edition.check_not_cancelled()
        return quota_view(reallocate_places(session, quota=quota))

    @hook(phase_closed(PhaseKind.RETURN))
    def return_quotas(self, session: Session, phase: Phase) -> None:
        returning.return_quotas(session, phase)


def _check_gives(quota: Quota) -> None:
    """Of a draft only the whole region's places are given on: nobody below knows of it yet."""
    edition = quota.track.edition
    if quota.province:
        edition.check_published()
    edition.check_not_cancelled()


def _keys(quota: Quota) -> dict[str, str | bool | None]:
    """What rights on it look at; the whole region's is of no province."""
    return {
        "series_id": quota.track.edition.series_id,
        "province": quota.province or None,
        "organization_id": quota.organization_id,
        "whole": not quota.province,
    }


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
