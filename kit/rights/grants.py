"""Grants: the roles that persons hold on scopes; without a grant the answer is no."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Index, bindparam, select
from sqlalchemy.orm import Mapped

from contracts.authority import SCOPE_OF_ROLE, Scope
from kit.data.db import KitTable, Session, table_of
from kit.data.subjects import Versioned

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
_STANDING = select(_GRANTS.c.role, _GRANTS.c.scope_type, _GRANTS.c.scope_id).where(
    _GRANTS.c.person == bindparam("person"), _GRANTS.c.revoked_at.is_(None)
)


def scopes_held(session: Session, person: str) -> Scopes:
    """The ids of the scopes on which a person holds each role now, read once a transaction; no role is nobody's."""
    read: dict[str, Scopes] = session.info.setdefault(_READ, {})
    if person not in read:
        read[person] = _scopes(session, person) if person else {}
    return read[person]


def _scopes(session: Session, person: str) -> Scopes:
    held: dict[str, set[str]] = {}
    for role, scope_type, scope_id in session.rows(_STANDING, person=person):
        if scope_type == _KINDS.get(role):
            held.setdefault(role, set()).add(scope_id)
    return held


def grants_changed(session: Session) -> None:
    """What was read of grants in this transaction no longer counts."""
    session.info.pop(_READ, None)


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
    grants_changed(session)
