"""Authorisation: who holds which role on which scope, asked by every command; without a grant the answer is no."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, and_, exists, false, or_, select
from sqlalchemy.orm import Mapped

from contracts.authority import Role, Scope
from contracts.refusals import NotAllowed, SignInRequired
from kit.data.db import KitTable, Session
from kit.data.subjects import Versioned

Right = tuple[Role, Scope]
"""A role on a scope that suffices."""


class Grant(Versioned, KitTable):
    """A role that a person holds on a scope. alliances owns these rows; the other services keep copies by messages."""

    __tablename__ = "grants"
    subject = "grant"
    __table_args__ = (
        Index("ix_grants_person", "person", "role"),
        Index("ix_grants_scope", "scope_type", "scope_id", "role"),
    )

    person: Mapped[str]
    role: Mapped[str]
    scope_type: Mapped[str]
    scope_id: Mapped[str]
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


def require(session: Session, *rights: Right) -> None:
    """Go on only if the viewer holds one of these rights, or works in the hub office.

    Raises SignInRequired for a visitor and NotAllowed for everybody else.
    """
    if not session.viewer.signed_in:
        raise SignInRequired
    if not holds(session, *rights, (Role.HUB_OFFICE, Scope.hub())):
        raise NotAllowed


def holds(session: Session, *rights: Right) -> bool:
    """Whether the viewer holds one of these rights now."""
    any_right = or_(
        false(),
        *(
            and_(Grant.role == role, Grant.scope_type == scope.type, Grant.scope_id == scope.id)
            for role, scope in rights
        ),
    )
    mine = exists().where(Grant.person == session.viewer.id, Grant.revoked_at.is_(None), any_right)
    return bool(session.scalar(select(mine)))


def scopes_of(session: Session, role: Role) -> list[str]:
    """The ids of the scopes on which the viewer holds this role."""
    return list(
        session.scalars(
            select(Grant.scope_id).where(
                Grant.person == session.viewer.id, Grant.role == role, Grant.revoked_at.is_(None)
            )
        )
    )


def require_signed_in(session: Session) -> None:
    """Go on only for somebody in particular."""
    if not session.viewer.signed_in:
        raise SignInRequired


def keep_grant(
    session: Session,
    *,
    grant_id: str,
    version: int,
    person: str,
    role: str,
    scope: Scope,
    granted_at: datetime,
    revoked_at: datetime | None,
) -> None:
    """Copy the newest version of a grant that alliances has told of; an older one changes nothing."""
    row = session.get(Grant, grant_id, with_for_update=True) or Grant(id=grant_id, version=0)
    if version <= row.version:
        return
    row.version, row.person, row.role = version, person, role
    row.scope_type, row.scope_id = scope.type, scope.id
    row.granted_at, row.revoked_at = granted_at, revoked_at
    session.add(row)
