"""What is asked about roles: who holds one, for what reasons, and who gave it to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select

from contracts.alliances.authority.roles import GroundKind, RoleGranted
from contracts.authority import Role, Scope
from contracts.browsing import START, Stretch
from kit.data.db import Session
from kit.data.paging import Page, page
from kit.messages.outbox import OutboxRow
from kit.rights.grants import Grant
from services.alliances.authority.roles.appointing import Givers
from services.alliances.authority.roles.model import GrantGround, end_of

GroundsOf = dict[str, list[GrantGround]]
"""By the id of a grant the grounds on which it stands, the oldest first."""


def holders(session: Session, role: Role, scope: Scope) -> Sequence[Grant]:
    """The grants of those who hold a role on a scope, locked in one order: of two who leave at once, one is the last."""
    query = select(Grant).where(_on(role, scope), Grant.revoked_at.is_(None)).order_by(Grant.id).with_for_update()
    return session.scalars(query, execution_options={"populate_existing": True}).all()


def grants_on(session: Session, scope: Scope, *, stretch: Stretch = START) -> Page[Grant]:
    """The grants that stand on a scope, whatever the role."""
    on_scope = and_(Grant.scope_type == scope.type, Grant.scope_id == scope.id, Grant.revoked_at.is_(None))
    return page(session, select(Grant).where(on_scope).order_by(Grant.id), stretch)


def grants_of(session: Session, person: str, *, stretch: Stretch = START) -> Page[Grant]:
    """The grants that a person holds."""
    held = and_(Grant.person == person, Grant.revoked_at.is_(None))
    return page(session, select(Grant).where(held).order_by(Grant.id), stretch)


def standing(session: Session, grant_id: str) -> list[GrantGround]:
    """The grounds on record on which a grant stands, as they are now."""
    query = select(GrantGround).where(GrantGround.grant_id == grant_id, GrantGround.ended_at.is_(None))
    found = session.scalars(query.order_by(GrantGround.id), execution_options={"populate_existing": True})
    return list(found)


def grounds_of(session: Session, grants: Collection[Grant]) -> GroundsOf:
    """The grounds of many grants.

    A grant that has stood since before grounds were kept stands on the appointment that the journal tells of.
    """
    held = {grant.id: grant for grant in grants if grant.revoked_at is None}
    found: GroundsOf = defaultdict(list)
    query = select(GrantGround).where(GrantGround.grant_id.in_(held), GrantGround.ended_at.is_(None))
    for ground in session.scalars(query.order_by(GrantGround.id)):
        found[ground.grant_id].append(ground)
    old = [grant for grant in held.values() if grant.id not in found]
    for grant, given_by in _given(session, old):
        found[grant.id].append(appointment(grant, given_by))
    return found


def appointment(grant: Grant, given_by: str) -> GrantGround:
    """The ground of a grant of which none is on record."""
    told = {"kind": GroundKind.APPOINTMENT, "ref": "", "given_by": given_by, "given_at": grant.granted_at}
    return GrantGround(id=grant.id, grant_id=grant.id, until=None, ended_at=None, **told)


def end_of_own(session: Session, role: Role, scope: Scope) -> datetime | None:
    """When the viewer's own role on a scope ends by itself; None where it does not, or where they do not hold it."""
    own = select(Grant.id).where(_on(role, scope), Grant.person == session.viewer.id, Grant.revoked_at.is_(None))
    grant_id = session.scalar(own)
    return end_of(standing(session, grant_id)) if grant_id else None


def overdue(session: Session, role: Role, scope: Scope) -> Sequence[GrantGround]:
    """The grounds that should have ended on this scope, where there was nobody else to hold the role."""
    late = and_(GrantGround.ended_at.is_(None), GrantGround.until <= session.now)
    grants = select(Grant.id).where(_on(role, scope), Grant.revoked_at.is_(None))
    return session.scalars(select(GrantGround).where(late, GrantGround.grant_id.in_(grants))).all()


def givers(session: Session, role: Role, scope: Scope) -> Givers:
    """Who ever gave the role on this scope to each who holds or held it, as the journal has it.

    An earlier giver counts too: else somebody could leave, and owe the role to whom they had appointed before.
    """
    ids = session.scalars(select(Grant.id).where(_on(role, scope))).all()
    found: Givers = defaultdict(set)
    for row in session.scalars(_told(ids)):
        found[row.data["person"]].add(row.actor)
    return found


def _given(session: Session, grants: Sequence[Grant]) -> list[tuple[Grant, str]]:
    """Each grant with who gave it last, as the journal has it."""
    rows = session.scalars(_told([grant.id for grant in grants]).order_by(OutboxRow.subject_version)) if grants else ()
    last = {row.subject_id: row.actor for row in rows}
    return [(grant, last.get(grant.id, "")) for grant in grants]


def _told(ids: Sequence[str]) -> Select[OutboxRow]:
    return select(OutboxRow).where(
        OutboxRow.subject_type == Grant.subject, OutboxRow.subject_id.in_(ids), OutboxRow.type == RoleGranted.type
    )


def _on(role: Role, scope: Scope) -> ColumnElement[bool]:
    return and_(Grant.scope_type == scope.type, Grant.scope_id == scope.id, Grant.role == role)
