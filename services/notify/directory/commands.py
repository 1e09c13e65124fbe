"""What can be done to the directory: keep what alliances tells of roles and memberships, in whatever order it comes."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import func, select

from contracts.alliances.authority import RoleGranted, RoleRevoked
from contracts.authority import Scope
from contracts.base import Named
from kit.data.db import Session
from kit.rights.grants import keep_grant
from kit.wire.envelope import Envelope
from services.notify.directory.model import MembershipStep, Tenure

_LOCK = 0x6E6F7401  # any fixed number: PostgreSQL's advisory lock on the directory


class MembershipMessage(Protocol):
    """What notify reads of a message about a membership."""

    @property
    def membership_id(self) -> str: ...
    @property
    def alliance(self) -> Named: ...
    @property
    def organization(self) -> Named: ...
    @property
    def status(self) -> str: ...


def hold(session: Session) -> None:
    """Until this transaction ends, let nobody change the directory; others may hold it too.

    A fact and a role that are being written at the same moment could otherwise each miss the other, and the holder
    would never be told. SQLite needs no lock: it has one writer at a time.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock_shared(_LOCK)))


def open_for_change(session: Session) -> None:
    """Until this transaction ends, let nobody else hold or change the directory."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def keep_role(session: Session, message: RoleGranted | RoleRevoked, envelope: Envelope) -> None:
    """Remember when a person holds, or held, a role."""
    open_for_change(session)
    scope = Scope(message.scope_type, message.scope_id)
    keep_grant(
        session,
        grant_id=message.grant_id,
        version=envelope.version,
        person=message.person,
        role=message.role,
        scope=scope,
        granted_at=message.granted_at,
        revoked_at=message.revoked_at,
    )
    known = session.get(Tenure, (message.grant_id, message.granted_at))
    tenure = known or Tenure(grant_id=message.grant_id, granted_at=message.granted_at)
    tenure.person, tenure.role, tenure.scope_type, tenure.scope_id = message.person, message.role, scope.type, scope.id
    tenure.revoked_at = message.revoked_at or tenure.revoked_at
    session.add(tenure)
    session.flush()


def keep_membership(session: Session, message: MembershipMessage, envelope: Envelope) -> None:
    """Remember one step of a membership."""
    open_for_change(session)
    step = MembershipStep(membership_id=message.membership_id, version=envelope.version, since=envelope.time)
    step.status, step.alliance_id, step.organization_id = message.status, message.alliance.id, message.organization.id
    session.merge(step)
    session.flush()
