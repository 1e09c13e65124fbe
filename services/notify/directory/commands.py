"""What can be done to the directory: keep what alliances tells of roles and memberships, in whatever order it comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import func, select

from contracts.alliances.authority.roles import RoleGranted, RoleRevoked
from contracts.alliances.membership.memberships import MembershipStatus
from contracts.base import Named
from kit.data.db import Session
from kit.data.many import Row, insert_many
from kit.messages.handlers import Received
from kit.rights.grants import Told, keep_grants
from services.notify.directory.model import MembershipStep, Tenure

_LOCK = 0x6E6F7401  # any fixed number: PostgreSQL's advisory lock on the directory


Role = RoleGranted | RoleRevoked


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
    """See all that was made known so far; until this transaction ends, what becomes known waits to look for its facts.

    A fact and a role that become known at the same moment could otherwise each miss the other, and the holder would never
    be told. So whoever makes something known writes it, holds this lock, and looks for the other only then: of two, one
    comes later and finds what the other has written. SQLite needs no lock: it has one writer at a time.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_HOLD_SHARED)


def hold_alone(session: Session) -> None:
    """As `hold`, for who makes a role or membership known: facts are looked for by one at a time, and none is missed."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_HOLD)


def keep_roles(session: Session, received: Sequence[Received[Role]]) -> dict[str, Received[Role]]:
    """Remember when persons hold, or held, roles; returns, by grant, what made a time known that was not before.

    What ends a known time concerns nobody who has not been told.
    """
    keep_grants(session, (Told.by(one.message, one.envelope.version) for one in received))
    ids = {one.message.grant_id for one in received}
    query = select(Tenure).where(Tenure.grant_id.in_(ids)).order_by(Tenure.grant_id, Tenure.granted_at)
    known = {(tenure.grant_id, tenure.granted_at): tenure for tenure in session.scalars(query.with_for_update())}
    new: dict[str, Received[Role]] = {}
    for one in received:
        key = one.message.grant_id, one.message.granted_at
        if key not in known:
            known[key] = Tenure(grant_id=key[0], granted_at=key[1])
            new.setdefault(key[0], one)
        _keep(known[key], one.message)
    session.add_all(known.values())
    session.flush()
    return new


def _keep(tenure: Tenure, message: Role) -> None:
    tenure.person, tenure.role = message.person, message.role
    tenure.scope_type, tenure.scope_id = message.scope_type, message.scope_id
    tenure.revoked_at = message.revoked_at or tenure.revoked_at


def keep_memberships(session: Session, received: Sequence[Received[MembershipMessage]]) -> dict[str, Received[Any]]:
    """Remember steps of memberships; returns, by membership, what made a step known that made a member."""
    place = MembershipStep.membership_id, MembershipStep.version
    ids = {one.message.membership_id for one in received}
    found = session.execute(select(*place).where(MembershipStep.membership_id.in_(ids)))
    known = {(id_, version) for id_, version in found}
    new: list[Row] = []
    made: dict[str, Received[Any]] = {}
    for one in received:
        key = one.message.membership_id, one.envelope.version
        if key not in known:
            known.add(key)
            new.append(_step(one))
            if one.message.status == MembershipStatus.MEMBER:
                made.setdefault(key[0], one)
    insert_many(session, MembershipStep, new)
    return made


def _step(one: Received[MembershipMessage]) -> Row:
    return {
        "membership_id": one.message.membership_id,
        "version": one.envelope.version,
        "since": one.envelope.time,
        "status": one.message.status,
        "alliance_id": one.message.alliance.id,
        "organization_id": one.message.organization.id,
    }


_HOLD_SHARED = select(func.pg_advisory_xact_lock_shared(_LOCK))
_HOLD = select(func.pg_advisory_xact_lock(_LOCK))
