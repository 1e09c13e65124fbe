"""Audiences: whom a message concerns, by what it names: an alliance, a series, organisations, people.

A representative on an alliance stands for the representatives of every organisation that is a member of it. An audience
of one family alone stands with the rules of that family.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from contracts.authority import Scope
from contracts.base import Named
from services.notify.telling.reasons import Addressed, Reason

Audience = Callable[[Any], list[Addressed]]


class _InAlliance(Protocol):
    @property
    def alliance(self) -> Named: ...


class _OfOrganization(Protocol):
    @property
    def organization(self) -> Named: ...


class _OfOrganizations(Protocol):
    @property
    def organization_ids(self) -> list[str]: ...


class _InSeries(Protocol):
    @property
    def series_id(self) -> str | None: ...


class _InDelegation(_InSeries, Protocol):
    @property
    def province(self) -> str: ...


def hub_office(_message: object) -> list[Addressed]:
    return [Addressed(Reason.HUB_OFFICE, Scope.hub())]


def secretariat(message: _InAlliance) -> list[Addressed]:
    return [Addressed(Reason.SECRETARIAT, Scope.alliance(message.alliance.id))]


def members(message: _InAlliance) -> list[Addressed]:
    """The representatives of every member of the alliance."""
    return [Addressed(Reason.REPRESENTATIVE, Scope.alliance(message.alliance.id))]


def organizers(message: _InSeries) -> list[Addressed]:
    return [Addressed(Reason.ORGANIZER, Scope.event(message.series_id))] if message.series_id else []


def supervisors(message: _InSeries) -> list[Addressed]:
    return [Addressed(Reason.SUPERVISOR, Scope.event(message.series_id))] if message.series_id else []


def delegation_leaders(message: _InDelegation) -> list[Addressed]:
    """Those who lead the province's delegation to the series."""
    if not message.series_id:
        return []
    return [Addressed(Reason.DELEGATION_LEADER, Scope.delegation(message.series_id, message.province))]


def representatives(message: _OfOrganization) -> list[Addressed]:
    return representing(message.organization.id)


def representatives_of_all(message: _OfOrganizations) -> list[Addressed]:
    """Those of every organisation that the message names, at most 1,000."""
    return representing(*message.organization_ids)


def representing(*organization_ids: str) -> list[Addressed]:
    """Those of these organisations, each named once."""
    return [Addressed(Reason.REPRESENTATIVE, Scope.organization(id_)) for id_ in dict.fromkeys(organization_ids)]


def the_person(reason: Reason) -> Audience:
    """The one `person` whom the message names, for this reason."""
    return lambda message: [Addressed(reason, Scope.person(message.person))]


def the_people(reason: Reason) -> Audience:
    """The `people` whom the message names, for this reason."""
    return lambda message: [Addressed(reason, Scope.person(person)) for person in message.people]
