"""Audiences: whom a message concerns, as roles on scopes.

A representative on an alliance stands for the representatives of every organisation that is a member of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from contracts.authority import Role, Scope
from contracts.base import Named
from contracts.events import CompetitionPublished
from contracts.projects import ItemAssigned, ProjectOpened
from kit.authz import Right

Audience = list[Right]


class _InAlliance(Protocol):
    @property
    def alliance(self) -> Named: ...


class _OfOrganization(Protocol):
    @property
    def organization(self) -> Named: ...


class _InSeries(Protocol):
    @property
    def series_id(self) -> str | None: ...


def hub_office(_message: object) -> Audience:
    return [(Role.HUB_OFFICE, Scope.hub())]


def secretariat(message: _InAlliance) -> Audience:
    return [(Role.SECRETARIAT, Scope.alliance(message.alliance.id))]


def organizers(message: _InSeries) -> Audience:
    return [(Role.ORGANIZER, Scope.event(message.series_id))] if message.series_id else []


def representatives(message: _OfOrganization) -> Audience:
    return _representing(message.organization.id)


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
