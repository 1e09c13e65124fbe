"""Directory: what notify knows of others, so that it can tell who was concerned at any past moment.

Both tables keep every step rather than the newest, since a fact and the role or membership it concerns may become
known in either order. One thing stays approximate: while the message that ended a role or membership has not arrived,
its holder counts as holding it still, and is told of facts that came after the end.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, false
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id
from services.notify.tables import NotifyTable

ROLES_KEPT = "roles kept"
"""The hook on new times in which somebody holds a role: what follows gets, by grant, what made
them known."""

MEMBERSHIPS_KEPT = "memberships kept"
"""The hook on new steps that made a member: what follows gets, by membership, what made them known."""


class Tenure(NotifyTable):
    """A time (任期) in which a person held a role on a scope: from `granted_at` to just before `revoked_at`.

    It is `lent` where the role was granted on another organisation, with which that of the scope was one at the time.
    """

    __tablename__ = "tenures"
    __table_args__ = (Index("ix_tenures_scope", "scope_type", "scope_id", "role"),)

    grant_id: Mapped[Id] = mapped_column(primary_key=True)
    granted_at: Mapped[datetime] = mapped_column(primary_key=True)
    revoked_at: Mapped[datetime | None]
    person: Mapped[str]
    role: Mapped[str]
    scope_type: Mapped[str]
    scope_id: Mapped[str]
    lent: Mapped[bool] = mapped_column(default=False, server_default=false())


class KnownPerson(NotifyTable):
    """What one record says a person is called, as alliances told it last; the names are empty once it was erased.

    `merged_into` is the record of the same person whose name counts instead.
    """

    __tablename__ = "known_persons"
    __table_args__ = (Index("ix_known_persons_account", "account"),)

    person_id: Mapped[Id] = mapped_column(primary_key=True)
    version: Mapped[int]
    account: Mapped[str | None]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    merged_into: Mapped[Id | None]


class MembershipStep(NotifyTable):
    """Where an organisation's membership of an alliance stood, from `since` to the next version's `since`."""

    __tablename__ = "membership_steps"
    __table_args__ = (
        Index("ix_membership_steps_alliance", "alliance_id", "status"),
        Index("ix_membership_steps_organization", "organization_id", "status"),
    )

    membership_id: Mapped[Id] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    status: Mapped[str]
    alliance_id: Mapped[str]
    organization_id: Mapped[str]
