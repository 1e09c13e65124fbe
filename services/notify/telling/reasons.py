"""Reasons: why somebody is told, in words that a reader finds under every notice and e-mail.

Most are told for a role that they hold; a person may also be addressed themselves, for a reason that is no role.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from contracts.authority import Role, Scope


class Reason(StrEnum):
    """Why somebody is told. The values stand on record with each notice and stay; those of roles are the roles' own."""

    HUB_OFFICE = Role.HUB_OFFICE.value
    PROVINCE_OFFICE = Role.PROVINCE_OFFICE.value
    SECRETARIAT = Role.SECRETARIAT.value
    ORGANIZER = Role.ORGANIZER.value
    DELEGATION_LEADER = Role.DELEGATION_LEADER.value
    REPRESENTATIVE = Role.REPRESENTATIVE.value
    SUPERVISOR = Role.SUPERVISOR.value
    JUDGING = "judge"  # 评委: nominated, drawn or appointed as one
    ARBITRATING = "arbitrator"  # 仲裁员: drawn for a panel
    ROLE_CHANGED = "role_changed"
    DELEGATE = "delegate"  # 代表: named to speak for a member of an alliance
    ON_RECORD = "on_record"
    INVITED_OTHERS = "invited_others"


class Addressed(NamedTuple):
    """Whom a message concerns: who holds the role that is the reason on this scope, or the one person who is the scope."""

    reason: Reason
    scope: Scope


_WORDS: Mapping[str, tuple[str, str]] = {
    Reason.HUB_OFFICE: ("您在枢纽办公室工作。", "You work in the hub office."),
    Reason.PROVINCE_OFFICE: ("您在省级教育行政部门工作。", "You work in the education department of a province."),
    Reason.SECRETARIAT: ("您是该联盟秘书处的成员。", "You are in the secretariat of the alliance."),
    Reason.ORGANIZER: ("您是该赛事的主办方成员。", "You are one of the organisers of the competition."),
    Reason.DELEGATION_LEADER: ("您是该代表队的领队。", "You lead the delegation that is concerned."),
    Reason.REPRESENTATIVE: ("您是相关单位的代表。", "You represent an organisation that is concerned."),
    Reason.SUPERVISOR: ("您是该赛事的监督员。", "You supervise the competition."),
    Reason.JUDGING: ("您是该赛事的评委。", "You are a judge of the competition."),
    Reason.ROLE_CHANGED: ("这是关于您自己的角色。", "This is about a role of yours."),
    Reason.DELEGATE: ("您是成员单位在该联盟的代表。", "You speak for a member of the alliance."),
    Reason.INVITED_OTHERS: ("您发出了该邀请。", "You have sent the invitation."),
    Reason.ON_RECORD: ("这是关于您本人的登记信息。", "This is about what is on record of you."),
    Reason.ARBITRATING: ("您是该赛事的仲裁员。", "You are an arbitrator of the competition."),
}


def why(reason: str, locale: str) -> str:
    """Why somebody is told, in zh-CN or en; raises KeyError for what is no reason."""
    chinese, english = _WORDS[reason]
    return english if locale == "en" else chinese
