"""Authorisation: who holds which role on which scope, asked by every command; without a grant the answer is no."""

from __future__ import annotations

from sqlalchemy import and_, exists, false, or_, select

from contracts.authority import Role, Scope
from contracts.refusals import NotAllowed, SignInRequired
from kit.data.db import Session
from kit.rights.grants import Grant

Right = tuple[Role, Scope]
"""A role on a scope that suffices."""


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
