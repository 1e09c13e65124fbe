"""What alliances says and refuses: organisations, alliances, memberships and grants."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from contracts.base import Message, Named, Refusal


class OrganizationKind(StrEnum):
    """What an organisation is."""

    EDUCATION_DEPARTMENT = "education_department"  # 省级教育行政部门
    GOVERNMENT_OFFICE = "government_office"
    EDUCATION_BUREAU = "education_bureau"  # 市、县教育局
    UNIVERSITY = "university"
    VOCATIONAL_COLLEGE = "vocational_college"
    SECONDARY_SCHOOL = "secondary_school"
    RESEARCH_INSTITUTE = "research_institute"
    ENTERPRISE = "enterprise"
    ASSOCIATION = "association"
    MEDIA = "media"
    OTHER = "other"


class AllianceKind(StrEnum):
    """What an alliance is for."""

    VOCATIONAL_GROUP = "vocational_group"  # 联合职业教育集团
    TECHNOLOGY_TRANSFER = "technology_transfer"  # 高校技术转移联盟
    TALENT_SERVICE = "talent_service"  # 教育人才服务联盟
    SCHOOL_ALLIANCE = "school_alliance"
    UNIVERSITY_ALLIANCE = "university_alliance"
    VOCATIONAL_ALLIANCE = "vocational_alliance"
    MECHANISM = "mechanism"  # 协作机制
    OTHER = "other"


class MembershipStatus(StrEnum):
    """Where a membership stands (成员资格状态)."""

    INVITED = "invited"
    APPLIED = "applied"
    IN_REVIEW = "in_review"
    MEMBER = "member"
    SUSPENDED = "suspended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPELLED = "expelled"


STATUS_ZH = {
    MembershipStatus.INVITED: "已邀请",
    MembershipStatus.APPLIED: "已申请",
    MembershipStatus.IN_REVIEW: "审核中",
    MembershipStatus.MEMBER: "成员",
    MembershipStatus.SUSPENDED: "已暂停",
    MembershipStatus.DECLINED: "未获接纳",
    MembershipStatus.WITHDRAWN: "已退出",
    MembershipStatus.EXPELLED: "已除名",
}
"""What people call each status."""


@dataclass(frozen=True, kw_only=True)
class OrganizationRegistered(Message, type="alliances.organization_registered"):
    """An organisation (单位) was entered in the registry."""

    organization: Named
    kind: str
    region: str
    aliases: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class OrganizationChanged(Message, type="alliances.organization_changed"):
    """The entry of an organisation was corrected; all of it is given anew."""

    organization: Named
    kind: str
    region: str
    aliases: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class AllianceFounded(Message, type="alliances.alliance_founded"):
    """An alliance (联盟、集团、协作机制) was entered with its kind and lead province."""

    alliance: Named
    kind: str
    region: str | None
    founded_on: date | None


@dataclass(frozen=True, kw_only=True)
class MembershipMessage(Message):
    """What every message about a membership says."""

    membership_id: str
    alliance: Named
    organization: Named
    region: str
    status: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MembershipAppliedFor(MembershipMessage, type="alliances.membership_applied_for"):
    """An organisation asked to join."""


@dataclass(frozen=True, kw_only=True)
class MemberInvited(MembershipMessage, type="alliances.member_invited"):
    """An alliance asked an organisation to join."""


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(MembershipMessage, type="alliances.invitation_accepted"):
    """The invited organisation said yes; the secretariat now reviews it."""


@dataclass(frozen=True, kw_only=True)
class ReviewStarted(MembershipMessage, type="alliances.review_started"):
    """The secretariat took the application in hand."""


@dataclass(frozen=True, kw_only=True)
class MemberAdmitted(MembershipMessage, type="alliances.member_admitted"):
    """The organisation is a member from now on."""


@dataclass(frozen=True, kw_only=True)
class MembershipDeclined(MembershipMessage, type="alliances.membership_declined"):
    """The secretariat declined the application, with the reason."""


@dataclass(frozen=True, kw_only=True)
class InvitationDeclined(MembershipMessage, type="alliances.invitation_declined"):
    """The invited organisation said no, with the reason."""


@dataclass(frozen=True, kw_only=True)
class MemberSuspended(MembershipMessage, type="alliances.member_suspended"):
    """The membership rests, with the reason."""


@dataclass(frozen=True, kw_only=True)
class MemberResumed(MembershipMessage, type="alliances.member_resumed"):
    """The membership no longer rests."""


@dataclass(frozen=True, kw_only=True)
class MemberWithdrawn(MembershipMessage, type="alliances.member_withdrawn"):
    """The organisation left, or took its application back."""


@dataclass(frozen=True, kw_only=True)
class MemberExpelled(MembershipMessage, type="alliances.member_expelled"):
    """The alliance ended the membership, with the reason."""


MEMBERSHIP_MESSAGES = (
    MembershipAppliedFor,
    MemberInvited,
    InvitationAccepted,
    ReviewStarted,
    MemberAdmitted,
    MembershipDeclined,
    InvitationDeclined,
    MemberSuspended,
    MemberResumed,
    MemberWithdrawn,
    MemberExpelled,
)
"""Every message that moves a membership; a read model keeps the newest by the subject's version."""


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


class CreditCodeInvalid(Refusal):
    """GB 32100-2015: 18 characters, the last of which checks the others."""

    code = "CREDIT_CODE_INVALID"
    zh = "统一社会信用代码有误（校验位不符）。"
    en = "The unified social credit code is wrong (its check digit does not fit)."


class CreditCodeTaken(Refusal):
    code = "CREDIT_CODE_TAKEN"
    zh = "该统一社会信用代码已登记给另一单位。"
    en = "Another organisation is registered with this unified social credit code."


class OrganizationKnown(Refusal):
    code = "ORGANIZATION_KNOWN"
    zh = "同一地区已有同名单位。"
    en = "An organisation of this name is already registered in this region."


class AllianceKnown(Refusal):
    code = "ALLIANCE_KNOWN"
    zh = "已有同名联盟。"
    en = "There is already an alliance of this name."


class MembershipStands(Refusal):
    """The step does not lead on from where the membership stands."""

    code = "MEMBERSHIP_STANDS"
    zh = "成员资格当前为“{status_zh}”，不能进行此操作。"
    en = "The membership stands at “{status}”; this step does not lead on from there."

    @classmethod
    def at(cls, status: str) -> MembershipStands:
        return cls(status=status, status_zh=STATUS_ZH[MembershipStatus(status)])


class RoleNeedsScope(Refusal):
    code = "ROLE_NEEDS_SCOPE"
    zh = "角色 {role} 须授予在 {scope} 上。"
    en = "The role {role} is held on a scope of the kind {scope}."
