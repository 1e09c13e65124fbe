"""What can be asked about invitations to a role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from contracts.authority import Scope
from contracts.base import Named
from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.people.invitations.model import RoleInvitation
from services.alliances.registry.alliances.queries import alliance
from services.alliances.registry.organizations.queries import organization
from services.alliances.rights import SENT_INVITATION


def role_invitation(session: Session, id_: str, field: str = "roleInvitationId") -> RoleInvitation:
    """The invitation, locked until this transaction ends; refuses with NotFound."""
    found = session.get(RoleInvitation, id_, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound(field)
    return found


def role_invitations(session: Session, scope: Scope, *, stretch: Stretch = START) -> Page[RoleInvitation]:
    """Those on a scope that can be accepted, by when they were sent."""
    query = select(RoleInvitation).where(_open(scope, session.now)).order_by(RoleInvitation.id)
    return page(session, query, stretch)


def count_open(session: Session, scope: Scope) -> int:
    return session.scalar(select(func.count()).select_from(RoleInvitation).where(_open(scope, session.now))) or 0


def sent_by_viewer(session: Session, ids: list[str]) -> Sequence[RoleInvitation]:
    """Those of these invitations that the viewer has sent."""
    mine = SENT_INVITATION.rows(session, invited_by=RoleInvitation.invited_by)
    return session.scalars(select(RoleInvitation).where(RoleInvitation.id.in_(ids), mine)).all()


def scope_named(session: Session, scope: Scope) -> Named | None:
    """What the organisation or alliance is called that is the scope; None where it is neither."""
    if scope.type == "organization":
        return organization(session, scope.id).named
    return alliance(session, scope.id).named if scope.type == "alliance" else None


def _open(scope: Scope, now: datetime) -> ColumnElement[bool]:
    on = and_(RoleInvitation.scope_type == scope.type, RoleInvitation.scope_id == scope.id)
    waits = and_(RoleInvitation.accepted_at.is_(None), RoleInvitation.withdrawn_at.is_(None))
    return and_(on, waits, RoleInvitation.expires_at > now)
