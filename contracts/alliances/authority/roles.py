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


class AppointedYou(Refusal):
    code = "APPOINTED_YOU"
    zh = "不能撤销任命您的人（及其任命者）的角色；确有需要的，请联系枢纽办公室。"
    en = "You cannot take a role from whoever gave it to you, or to those before you; ask the hub office."


class LastHolder(Refusal):
    code = "LAST_HOLDER"
    zh = "这是担任该角色的最后一人，请先任命接任者。"
    en = "This is the last person who holds the role; appoint a successor first."


class OfficeTakesTwo(Refusal):
    code = "OFFICE_TAKES_TWO"
    zh = "枢纽办公室的任免由两人办理：一人提出（proposeOfficeChange），另一人复核（countersignOfficeChange）。"
    en = (
        "Two people appoint to the hub office or remove from it:"
        " one proposes (proposeOfficeChange), another countersigns (countersignOfficeChange)."
    )
