"""What can be done about authority: give a role, take it back, hand one's own over."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from contracts.alliances.authority.roles import (
    AppointedYou,
    GroundKind,
    LastHolder,
    OutlastsYours,
    RoleGranted,
    RoleNeedsScope,
)
from contracts.authority import SCOPE_OF_ROLE, Role, Scope
from contracts.ids import is_id
from contracts.refusals import Invalid, NotAllowed, NotFound, NothingChanged, OrganizationMerged
from contracts.regions import provinces
from kit.data.db import Session
from kit.messages.outbox import record
from kit.rights.grants import Grant, grants_changed
from kit.rights.merged import survivors
from services.alliances.authority.roles.appointing import NEVER_VACANT, above
from services.alliances.authority.roles.grounding import found_also_on, found_on, ring_overdue, take, told
from services.alliances.authority.roles.model import Ground, end_of
from services.alliances.authority.roles.queries import end_of_own, givers, holders, standing

_GRANTS = uuid.UUID("7c3a5f0e-0f1d-5b7e-9a55-2f1f6f1f4b1a")
APPOINTMENT = Ground()


def grant_role(session: Session, *, person: str, role: Role, scope: Scope, ground: Ground = APPOINTMENT) -> Grant:
    """Give a person a role on a scope; one that is held already stays, and may stand longer by this ground.

    Refuses a scope of the wrong kind.
    """
    check_scope(role, scope)
    _check_stands(session, scope)
    grant = session.get(Grant, grant_id(person, role, scope), with_for_update=True, populate_existing=True)
    if grant and not grant.revoked_at:
        found_also_on(session, grant, ground)
        return grant
    return _begin(session, grant or _new(person, role, scope), ground)


def _new(person: str, role: Role, scope: Scope) -> Grant:
    grant = Grant(id=grant_id(person, role, scope), version=0, person=person, role=role)
    grant.scope_type, grant.scope_id = scope.type, scope.id
    return grant


def _begin(session: Session, grant: Grant, ground: Ground) -> Grant:
    grant.granted_at, grant.revoked_at = session.now, None
    session.add(grant)
    grants_changed(session)
    record(session, grant, RoleGranted(**told(grant), until=ground.until))
    try:
        session.flush()
    except IntegrityError as error:
        raise StaleDataError("somebody else gave it at the same moment") from error  # the command is tried again
    found_on(session, grant, ground)
    ring_overdue(session, Role(grant.role), Scope(grant.scope_type, grant.scope_id))
    return grant


def check_scope(role: Role, scope: Scope) -> None:
    """Refuses a scope of another kind than the role is held on, and the id of a scope that could not be one."""
    if SCOPE_OF_ROLE[role] != scope.type:
        raise RoleNeedsScope("scopeType", role=role, scope=SCOPE_OF_ROLE[role])
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
    take(session, held[person])
    return held[person]


def hand_over_role(session: Session, *, person: str, role: Role, scope: Scope) -> Grant:
    """Have another person hold the viewer's role for as long as the viewer would have held it; the viewer no longer does.

    Refuses with NothingChanged to oneself, and with NotAllowed where the viewer has lost it at the same moment.
    """
    if person == session.viewer.id:
        raise NothingChanged("person")
    mine = next((each for each in holders(session, role, scope) if each.person == session.viewer.id), None)
    if mine is None:
        raise NotAllowed
    ground = Ground(GroundKind.HANDOVER, ref=session.viewer.id, until=end_of(standing(session, mine.id)))
    grant = grant_role(session, person=person, role=role, scope=scope, ground=ground)
    take(session, mine)
    return grant


def appointment_until(session: Session, role: Role, scope: Scope, until: datetime | None) -> Ground:
    """The appointment that the viewer makes: for as long as they say, else for as long as their own role on the scope.

    Refuses an end that has passed, and with OutlastsYours one behind that of the viewer's own role.
    """
    own = end_of_own(session, role, scope)
    if until and until <= session.now:
        raise Invalid("until")
    if own and until and until > own:
        raise OutlastsYours("until", until=own.isoformat())
    return Ground(until=until or own)


def check_not_above(session: Session, *, person: str, role: Role, scope: Scope) -> None:
    """Nobody removes who appointed them; refuses with AppointedYou."""
    if person in above([session.viewer.id], givers(session, role, scope)) - {session.viewer.id}:
        raise AppointedYou("person")


def grant_id(person: str, role: Role, scope: Scope) -> str:
    """One id for a person's role on a scope, however often it is given, so that the primary key keeps it single."""
    return str(uuid.uuid5(_GRANTS, "|".join((person, role, scope.type, scope.id))))
