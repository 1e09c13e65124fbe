"""Audiences: whom a message concerns, as roles on scopes.

A representative on an alliance stands for the representatives of every organisation that is a member of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from contracts.authority import Role, Scope
from contracts.base import Named
from contracts.events.admission.quotas import PlacesAllocated
from contracts.events.editions.competitions import CompetitionPublished
from contracts.projects import ItemAssigned, ProjectOpened

Audience = list[tuple[Role, Scope]]


class _InAlliance(Protocol):
    @property
    def alliance(self) -> Named: ...


class _OfOrganization(Protocol):
    @property
    def organization(self) -> Named: ...


class _InDelegation(Protocol):
    @property
    def series_id(self) -> str | None: ...
    @property
    def province(self) -> str: ...


class _InSeries(Protocol):
    @property
    def series_id(self) -> str | None: ...


class _OfOrganizations(Protocol):
    @property
    def organization_ids(self) -> list[str]: ...


class _ToPeople(Protocol):
    @property
    def people(self) -> list[str]: ...


class _Objected(Protocol):
    @property
    def person(self) -> str: ...
    @property
    def standing(self) -> str: ...


class _ToPerson(Protocol):
    @property
    def person(self) -> str: ...


def hub_office(_message: object) -> Audience:
    return [(Role.HUB_OFFICE, Scope.hub())]


def secretariat(message: _InAlliance) -> Audience:
    return [(Role.SECRETARIAT, Scope.alliance(message.alliance.id))]


def organizers(message: _InSeries) -> Audience:
    return [(Role.ORGANIZER, Scope.event(message.series_id))] if message.series_id else []


def supervisors(message: _InSeries) -> Audience:
    return [(Role.SUPERVISOR, Scope.event(message.series_id))] if message.series_id else []


def delegation_leaders(message: _InDelegation) -> Audience:
    """Those who lead the province's delegation to the series."""
    if not message.series_id:
        return []
    return [(Role.DELEGATION_LEADER, Scope.delegation(message.series_id, message.province))]


def representatives(message: _OfOrganization) -> Audience:
    return _representing(message.organization.id)


def judge(message: _ToPerson) -> Audience:
    """The one person whom the message names."""
    return [(Role.JUDGE, Scope.person(message.person))]


def judges(message: _ToPeople) -> Audience:
    """The judges whom the message names."""
    return [(Role.JUDGE, Scope.person(person)) for person in message.people]


def arbitrators(message: _ToPeople) -> Audience:
    """The arbitrators whom the message names."""
    return [(Role.ARBITRATOR, Scope.person(person)) for person in message.people]


def objector(message: _Objected) -> Audience:
    """The one person who objected, as what they did."""
    return [(Role(message.standing), Scope.person(message.person))]


def representatives_of_all(message: _OfOrganizations) -> Audience:
    """Those of every organisation that the message names, at most 1,000."""
    return _representing(*message.organization_ids)


def holders_of_places(message: PlacesAllocated) -> Audience:
    """Whoever has been given places: offices of provinces, representatives of institutions."""
    offices: Audience = [(Role.PROVINCE_OFFICE, Scope.province(code)) for code in message.provinces]
    return offices + _representing(*message.organization_ids)


def representatives_of_units(message: ItemAssigned) -> Audience:
    return _representing(*message.organization_ids)


def representatives_of_participants(message: ProjectOpened) -> Audience:
    return _representing(message.lead_organization.id, *message.participant_ids)


def representatives_of_members(message: CompetitionPublished) -> Audience:
    """Those of every member organisation of the alliance that holds the competition, if one does."""
    return [(Role.REPRESENTATIVE, Scope.alliance(message.alliance_id))] if message.alliance_id else []


def both(*audiences: Callable[[Any], Audience]) -> Callable[[Any], Audience]:
    """Everybody in any of these audiences, told once."""
    return lambda message: [right for audience in audiences for right in audience(message)]


def _representing(*organization_ids: str) -> Audience:
    return [(Role.REPRESENTATIVE, Scope.organization(id_)) for id_ in dict.fromkeys(organization_ids)]
