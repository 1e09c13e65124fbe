"""Grants: the roles that persons hold on scopes; without a grant the answer is no."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import Index, bindparam, select
from sqlalchemy.orm import Mapped

from contracts.alliances.authority.roles import RoleGranted, RoleRevoked
from contracts.authority import SCOPE_OF_ROLE, Scope
from kit.data.db import KitTable, Session, table_of
from kit.data.subjects import Versioned
from kit.rights.merged import MergedOrganization

Scopes = Mapping[str, Collection[str]]
"""The ids of scopes by the role that is held on them."""
_READ = "scopes read"
_KINDS = {str(role): kind for role, kind in SCOPE_OF_ROLE.items()}
"""On what kind of scope each role is held; a newer release may have told of more roles."""


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


_GRANTS = table_of(Grant)
_OWN, _ONE = table_of(MergedOrganization).alias("own"), table_of(MergedOrganization).alias("one")
_STANDING = select(_GRANTS.c.person, _GRANTS.c.role, _GRANTS.c.scope_type, _GRANTS.c.scope_id).where(
    _GRANTS.c.person.in_(bindparam("people", expanding=True)), _GRANTS.c.revoked_at.is_(None)
)
_ON_MERGED = (
    _STANDING.with_only_columns(_GRANTS.c.person, _GRANTS.c.role, _GRANTS.c.scope_type, _ONE.c.organization_id)
    .join_from(_GRANTS, _OWN, _OWN.c.organization_id == _GRANTS.c.scope_id)
    .join(_ONE, _ONE.c.survivor_id == _OWN.c.survivor_id)
    .where(_GRANTS.c.scope_type == "organization")
)
"""Who holds a role on an organisation holds it on all that are one with it."""
_HELD = _STANDING.union_all(_ON_MERGED)


def scopes_held(session: Session, person: str) -> Scopes:
    """The ids of the scopes on which a person holds each role now; read once a transaction, for all its people.

    No role is nobody's.
    """
    read: dict[str, Scopes] = session.info.setdefault(_READ, {"": {}})
    if person not in read:
        read.update(_scopes(session, {person, *session.people} - read.keys()))
    return read[person]


def _scopes(session: Session, people: set[str]) -> dict[str, dict[str, set[str]]]:
    held: dict[str, dict[str, set[str]]] = {person: {} for person in people}
    for person, role, scope_type, scope_id in session.rows(_HELD, people=sorted(people)):
        if scope_type == _KINDS.get(role):
            held[person].setdefault(role, set()).add(scope_id)
    return held


def grants_changed(session: Session) -> None:
    """What was read of grants in this transaction no longer counts."""
    session.info.pop(_READ, None)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What alliances has told of one version of a grant."""

    grant_id: str
    version: int
    person: str
    role: str
    scope: Scope
    granted_at: datetime
    revoked_at: datetime | None

    @classmethod
    def by(cls, message: RoleGranted | RoleRevoked, version: int) -> Self:
        return cls(
            grant_id=message.grant_id,
            version=version,
            person=message.person,
            role=message.role,
            scope=Scope(message.scope_type, message.scope_id),
            granted_at=message.granted_at,
            revoked_at=message.revoked_at,
        )


def keep_grants(session: Session, told: Iterable[Told]) -> None:
    """Copy the newest versions of grants that alliances has told of; older ones change nothing."""
    newest: dict[str, Told] = {}
    for one in told:
        if one.grant_id not in newest or one.version > newest[one.grant_id].version:
            newest[one.grant_id] = one
    query = select(Grant).where(Grant.id.in_(newest)).order_by(Grant.id).with_for_update()
    known = {row.id: row for row in session.scalars(query.execution_options(populate_existing=True))}
    for grant_id in sorted(newest):
        _keep(known.get(grant_id) or Grant(id=grant_id, version=0), newest[grant_id], session)
    grants_changed(session)


def _keep(row: Grant, told: Told, session: Session) -> None:
    if told.version > row.version:
        row.version, row.person, row.role = told.version, told.person, told.role
        row.scope_type, row.scope_id = told.scope.type, told.scope.id
        row.granted_at, row.revoked_at = told.granted_at, told.revoked_at
        session.add(row)
