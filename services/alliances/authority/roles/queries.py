"""What is asked before a role is given or taken: who holds it, and who gave it to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select

from contracts.alliances.authority.roles import RoleGranted
from contracts.authority import Role, Scope
from kit.data.db import Session
from kit.messages.outbox import OutboxRow
from kit.rights.grants import Grant
from services.alliances.authority.roles.appointing import Givers


def holders(session: Session, role: Role, scope: Scope) -> Sequence[Grant]:
    """The grants of those who hold a role on a scope, locked in one order: of two who leave at once, one is the last."""
    query = select(Grant).where(_on(role, scope), Grant.revoked_at.is_(None)).order_by(Grant.id).with_for_update()
    return session.scalars(query, execution_options={"populate_existing": True}).all()


def givers(session: Session, role: Role, scope: Scope) -> Givers:
    """Who ever gave the role on this scope to each who holds or held it, as the journal has it.

    An earlier giver counts too: else somebody could leave, and owe the role to whom they had appointed before.
    """
    ids = session.scalars(select(Grant.id).where(_on(role, scope))).all()
    told = select(OutboxRow).where(
        OutboxRow.subject_type == Grant.subject, OutboxRow.subject_id.in_(ids), OutboxRow.type == RoleGranted.type
    )
    found: Givers = defaultdict(set)
    for row in session.scalars(told):
        found[row.data["person"]].add(row.actor)
    return found


def _on(role: Role, scope: Scope) -> ColumnElement[bool]:
    return and_(Grant.scope_type == scope.type, Grant.scope_id == scope.id, Grant.role == role)
