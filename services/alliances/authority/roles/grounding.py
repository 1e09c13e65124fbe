"""Grounding: a grant gets a ground, and a ground ends; with the last one goes the role."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts.alliances.authority.roles import RoleKept, RoleProlonged, RoleRevoked
from contracts.authority import Role, Scope
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.rights.grants import Grant, grants_changed
from kit.work.timers import at, cancel
from services.alliances.authority.roles.appointing import NEVER_VACANT
from services.alliances.authority.roles.model import GrantGround, Ground, end_of
from services.alliances.authority.roles.queries import grounds_of, holders, overdue, standing

END_GROUND = "end_ground"


def found_on(session: Session, grant: Grant, ground: Ground) -> None:
    """Let a grant that begins now stand on its first ground."""
    _add(session, grant, ground)


def found_also_on(session: Session, grant: Grant, ground: Ground) -> None:
    """Let a grant that stands already stand on this ground too; says so where it ends later for that."""
    known = standing(session, grant.id) or [_recorded(session, grant)]
    before = end_of(known)
    same = next((each for each in known if (each.kind, each.ref) == (ground.kind, ground.ref)), None)
    if same is None:
        known.append(_add(session, grant, ground))
    elif same.prolong(ground.until):
        _set_timer(session, same)
    if (end := end_of(known)) != before:
        record(session, grant, RoleProlonged(**told(grant), until=end))


def take(session: Session, grant: Grant) -> None:
    """End a grant with all of its grounds."""
    for ground in standing(session, grant.id):
        ground.ended_at = session.now
        cancel(session, END_GROUND, ground.id)
    grant.revoked_at = session.now
    grants_changed(session)
    record(session, grant, RoleRevoked(**told(grant)))


def end_ground(session: Session, ground_id: str) -> None:
    """What happens when the time of a ground has come: the role ends with it, if no other ground is left.

    The last holder of an office that must not be vacant keeps it until there is another (`ring_overdue`).
    """
    ground = session.get(GrantGround, ground_id)
    if ground is None:
        return
    grant = session.get_one(Grant, ground.grant_id)
    role, scope = Role(grant.role), Scope(grant.scope_type, grant.scope_id)
    others = [each for each in holders(session, role, scope) if each.id != grant.id]
    session.refresh(ground)
    left = [each for each in standing(session, grant.id) if each is not ground]
    if not _is_over(ground, session.now):
        return
    if left:
        ground.ended_at = session.now
    elif others or role not in NEVER_VACANT:
        take(session, grant)
    else:
        record(session, grant, RoleKept(**told(grant)))


def ring_overdue(session: Session, role: Role, scope: Scope) -> None:
    """Somebody else holds the role now: let those go who only held it on because nobody else did."""
    if role in NEVER_VACANT:
        for ground in overdue(session, role, scope):
            at(session, session.now, END_GROUND, ground.id)


def told(grant: Grant) -> dict[str, Any]:
    """What every message about a grant says."""
    return {
        "grant_id": grant.id,
        "person": grant.person,
        "role": grant.role,
        "scope_type": grant.scope_type,
        "scope_id": grant.scope_id,
        "granted_at": grant.granted_at,
        "revoked_at": grant.revoked_at,
    }


def _is_over(ground: GrantGround, now: datetime) -> bool:
    """Whether it stands and its time has come; it may have been prolonged, or ended with the role, since the timer was set."""
    return ground.ended_at is None and ground.until is not None and ground.until <= now


def _add(session: Session, grant: Grant, ground: Ground) -> GrantGround:
    given = {"given_by": session.viewer.id, "given_at": session.now}
    row = GrantGround(id=new_id(), grant_id=grant.id, kind=ground.kind, ref=ground.ref, until=ground.until, **given)
    session.add(row)
    _set_timer(session, row)
    return row


def _recorded(session: Session, grant: Grant) -> GrantGround:
    """The appointment on which a grant has stood since before grounds were kept, put on record."""
    [row] = grounds_of(session, [grant])[grant.id]
    row.id = new_id()
    session.add(row)
    return row


def _set_timer(session: Session, ground: GrantGround) -> None:
    if ground.until:
        at(session, ground.until, END_GROUND, ground.id)
    else:
        cancel(session, END_GROUND, ground.id)
