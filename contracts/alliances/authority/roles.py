"""What is said and refused about roles that are given and taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.base import Message, Refusal
from contracts.choices import Choice


class GroundKind(Choice):
    """Why somebody holds a role: one who holds it for two reasons keeps it when one of them ends."""

    APPOINTMENT = "appointment", "Somebody who may gave it (任命)."
    HANDOVER = "handover", "Who held it before has handed it over (移交)."
    INVITATION = "invitation", "They have accepted an invitation (受邀)."


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
    """A person holds a role on a scope from now on.

    `until` is when it ends by itself; empty where it does not.
    """

    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RoleProlonged(_Grant, Message, type="alliances.role_prolonged"):
    """A role that was to end ends later.

    `until` is when; empty where it no longer ends by itself.
    """

    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RoleKept(_Grant, Message, type="alliances.role_kept"):
    """A role was to end, but nobody else holds it; it ends as soon as somebody else does."""


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
    zh = "这是担任该角色的最后一人，请先任命接任者，或由其本人移交（handOverRole）。"
    en = "This is the last person who holds the role; appoint a successor first, or let them hand it over (handOverRole)."


class OutlastsYours(Refusal):
    code = "OUTLASTS_YOURS"
    zh = "您的角色于 {until} 到期，所授角色的到期时间不得晚于此时。"
    en = "Your own role ends at {until}; you cannot give it for longer."


class OfficeTakesTwo(Refusal):
    code = "OFFICE_TAKES_TWO"
    zh = "枢纽办公室的任免由两人办理：一人提出（proposeOfficeChange），另一人复核（countersignOfficeChange）。"
    en = (
        "Two people appoint to the hub office or remove from it:"
        " one proposes (proposeOfficeChange), another countersigns (countersignOfficeChange)."
    )


class PersonUnknown(Refusal):
    code = "PERSON_UNKNOWN"
    zh = "没有人使用过该账号：请核对，或改用邀请（inviteToRole）。本人登录并填写姓名（updateMe）后，也可授予角色。"
    en = (
        "Nobody is known by this account: check it, or invite them (inviteToRole)."
        " Once they have signed in and said their name (updateMe), they can be given a role too."
    )
