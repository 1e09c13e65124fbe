"""What is said and refused about roles that are given and taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.base import Message, Refusal


@dataclass(frozen=True, kw_only=True)
class _Grant:
    """What every message about a grant says; the person is named by the subject of their token only."""

    grant_id: str
    person: str
    role: str
    scope_type: str
    scope_id: str
    granted_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RoleGranted(_Grant, Message, type="alliances.role_granted"):
    """A person holds a role on a scope from now on."""


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(_Grant, Message, type="alliances.role_revoked"):
    """The person no longer holds the role."""


class RoleNeedsScope(Refusal):
    code = "ROLE_NEEDS_SCOPE"
    zh = "角色 {role} 须授予在 {scope} 上。"
    en = "The role {role} is held on a scope of the kind {scope}."
