"""What can be done about authority: give a role and take it back."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from contracts.alliances.authority.roles import AppointedYou, LastHolder, RoleGranted, RoleNeedsScope, RoleRevoked
from contracts.authority import SCOPE_OF_ROLE, Role, Scope
from contracts.ids import is_id
from contracts.refusals import Invalid, NotFound, OrganizationMerged
from contracts.regions import provinces
from kit.data.db import Session
from kit.messages.outbox import record
from kit.rights.grants import Grant, grants_changed
from kit.rights.merged import survivors
from services.alliances.authority.roles.appointing import NEVER_VACANT, above
from services.alliances.authority.roles.queries import givers, holders

_GRANTS = uuid.UUID("7c3a5f0e-0f1d-5b7e-9a55-2f1f6f1f4b1a")


def grant_role(session: Session, *, person: str, role: Role, scope: Scope) -> Grant:
    """Give a person a role on a scope; one that is held already stays as it is. Refuses a scope of the wrong kind."""
    if SCOPE_OF_ROLE[role] != scope.type:
        raise RoleNeedsScope("scopeType", role=role, scope=SCOPE_OF_ROLE[role])
    _check(scope)
    _check_stands(session, scope)
    grant = session.get(Grant, grant_id(person, role, scope), with_for_update=True)
    if grant and not grant.revoked_at:
        return grant
    if grant is None:
        grant = Grant(id=grant_id(person, role, scope), version=0, person=person, role=role)
        grant.scope_type, grant.scope_id = scope.type, scope.id
        session.add(grant)
    grant.granted_at, grant.revoked_at = session.now, None
    grants_changed(session)
    record(session, grant, RoleGranted(**_said(grant)))
    try:
        session.flush()
    except IntegrityError as error:
        raise StaleDataError("somebody else gave it at the same moment") from error  # the command is tried again
    return grant


def _check(scope: Scope) -> None:
    """Refuses the id of a scope that could not be one."""
    codes = {each.code for each in provinces()}
    event_id, _, province = scope.id.partition(":")
    possible = {
        "hub": scope.id == "hub",
        "province": scope.id in codes,
        "delegation": is_id(event_id) and province in codes,
        "person": False,  # a seat on a panel is given by events, not here
    }
    if not possible.get(scope.type, is_id(scope.id)):
        raise Invalid("scopeId")


def _check_stands(session: Session, scope: Scope) -> None:
    """Refuses an organisation that is merged into another; roles that were given on it count on the survivor."""
    survivor_id = survivors(session, [scope.id]).get(scope.id) if scope.type == "organization" else None
    if survivor_id and survivor_id != scope.id:
        raise OrganizationMerged("scopeId", organization=survivor_id)


def revoke_role(session: Session, *, person: str, role: Role, scope: Scope) -> Grant:
    """Take a role back; refuses with NotFound where it is not held, and with LastHolder where it must not be vacant."""
    held = {grant.person: grant for grant in holders(session, role, scope)}
    if person not in held:
        raise NotFound("person")
    if role in NEVER_VACANT and len(held) == 1:
        raise LastHolder("person")
    grant = held[person]
    grant.revoked_at = session.now
    grants_changed(session)
    record(session, grant, RoleRevoked(**_said(grant)))
    return grant


def check_not_above(session: Session, *, person: str, role: Role, scope: Scope) -> None:
    """Nobody removes who appointed them; refuses with AppointedYou."""
    if person in above([session.viewer.id], givers(session, role, scope)) - {session.viewer.id}:
        raise AppointedYou("person")


def grant_id(person: str, role: Role, scope: Scope) -> str:
    """One id for a person's role on a scope, however often it is given, so that the primary key keeps it single."""
    return str(uuid.uuid5(_GRANTS, "|".join((person, role, scope.type, scope.id))))


def _said(grant: Grant) -> dict[str, Any]:
    return {
        "grant_id": grant.id,
        "person": grant.person,
        "role": grant.role,
        "scope_type": grant.scope_type,
        "scope_id": grant.scope_id,
        "granted_at": grant.granted_at,
        "revoked_at": grant.revoked_at,
    }
