"""Sight: whose entries the viewer may see by name: all for those who run a competition, else those of their delegation."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from contracts.authority import Role
from kit.authz import Grant
from kit.data.db import Session
from services.events.admission.entries.model import Entry
from services.events.editions.editions.model import Edition

_INSIDE = (Role.SUPERVISOR, Role.ARBITRATOR)


@dataclass(frozen=True, slots=True)
class Sight:
    """`runs`: organisers and the hub office. `inside`: supervisors and arbitrators too, who see rows but no names."""

    runs: bool
    inside: bool
    organizations: frozenset[str]
    provinces: frozenset[str]

    @property
    def own_only(self) -> bool:
        return not self.runs and not self.inside

    @property
    def nothing_of_their_own(self) -> bool:
        return not self.organizations and not self.provinces

    def names(self, organization_id: str, province: str) -> bool:
        """Whether personal data of an entry may be shown."""
        return self.runs or organization_id in self.organizations or province in self.provinces

    def own(self) -> ColumnElement[bool]:
        """The entries of their institutions, provinces and delegations."""
        return or_(Entry.organization_id.in_(self.organizations), Entry.province.in_(self.provinces))


def sight(session: Session, edition: Edition) -> Sight:
    """What the viewer's grants say about an edition, read in one statement."""
    query = select(Grant.role, Grant.scope_id).where(Grant.person == session.viewer.id, Grant.revoked_at.is_(None))
    held = [(role, scope_id) for role, scope_id in session.execute(query)] if session.viewer.signed_in else []
    series_id = edition.series_id
    leading = [scope_id.split(":") for role, scope_id in held if role == Role.DELEGATION_LEADER]
    led = {province for event_id, province in leading if event_id == series_id}
    return Sight(
        runs=(Role.ORGANIZER, series_id) in held or any(role == Role.HUB_OFFICE for role, _ in held),
        inside=any((role, series_id) in held for role in _INSIDE),
        organizations=frozenset(scope_id for role, scope_id in held if role == Role.REPRESENTATIVE),
        provinces=frozenset(scope_id for role, scope_id in held if role == Role.PROVINCE_OFFICE) | led,
    )
