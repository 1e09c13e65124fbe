"""What a membership says and refuses as it moves on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class MembershipStatus(Choice):
    """The status of a membership (成员资格状态)."""

    INVITED = "invited", "The alliance has asked the organisation to join."
    APPLIED = "applied", "The organisation has asked to join."
    IN_REVIEW = "in_review", "The secretariat is reviewing the application."
    MEMBER = "member", "The organisation is a member."
    SUSPENDED = "suspended", "The membership is suspended."
    DECLINED = "declined", "One of the two sides has declined."
    WITHDRAWN = "withdrawn", "The organisation has left, or has taken its application back."
    EXPELLED = "expelled", "The alliance has ended the membership."
    MERGED = "merged", "The organisation was merged with another, whose membership of the same alliance goes on."
    LAPSED = "lapsed", "Its time is over: nobody answered the invitation, or the membership was not renewed."
    RETRACTED = "retracted", "The alliance has taken its invitation back."
    RETURNED = "returned", "The application was sent back; the organisation puts it right and hands it in again."


STATUS_ZH = {
    MembershipStatus.INVITED: "已邀请",
    MembershipStatus.APPLIED: "已申请",
    MembershipStatus.IN_REVIEW: "审核中",
    MembershipStatus.MEMBER: "成员",
    MembershipStatus.SUSPENDED: "已暂停",
    MembershipStatus.DECLINED: "未获接纳",
    MembershipStatus.WITHDRAWN: "已退出",
    MembershipStatus.EXPELLED: "已除名",
    MembershipStatus.MERGED: "已并入另一成员资格",
    MembershipStatus.LAPSED: "已失效",
    MembershipStatus.RETRACTED: "已撤回邀请",
    MembershipStatus.RETURNED: "待补正",
}
"""What people call each status."""


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
class InvitationDue(Message, type="alliances.invitation_due"):
    """An invitation is not answered yet, and lapses at `answer_by`."""

    membership_id: str
    alliance: Named
    organization: Named
    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class ApplicationDue(Message, type="alliances.application_due"):
    """An application still waits for the secretariat, which should deal with it before `due_at`."""

    membership_id: str
    alliance: Named
    organization: Named
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class MembershipAppliedFor(MembershipMessage, type="alliances.membership_applied_for"):
    """An organisation asked to join; the reason is its statement, if it made one."""


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


@dataclass(frozen=True, kw_only=True)
class MembershipMerged(MembershipMessage, type="alliances.membership_merged"):
    """The organisation was merged with another, whose membership of the same alliance (`into_id`) goes on in its place."""

    into_id: str = ""


@dataclass(frozen=True, kw_only=True)
class MembershipUnmerged(MembershipMessage, type="alliances.membership_unmerged"):
    """The merger of the two organisations was undone: the membership stands where it stood before."""


@dataclass(frozen=True, kw_only=True)
class MembershipLapsed(MembershipMessage, type="alliances.membership_lapsed"):
    """The membership was not renewed in time and has ended; `until` was the last day of its term."""

    until: date


@dataclass(frozen=True, kw_only=True)
class InvitationLapsed(MembershipMessage, type="alliances.invitation_lapsed"):
    """Nobody answered the invitation in time."""


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(MembershipMessage, type="alliances.invitation_withdrawn"):
    """The alliance took its invitation back, with the reason."""


@dataclass(frozen=True, kw_only=True)
class ApplicationReturned(MembershipMessage, type="alliances.application_returned"):
    """The secretariat sent the application back; the reason is what has to be put right."""


@dataclass(frozen=True, kw_only=True)
class ApplicationCorrected(MembershipMessage, type="alliances.application_corrected"):
    """The organisation handed its application in again; the reason is its statement now."""


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
    MembershipMerged,
    MembershipUnmerged,
    MembershipLapsed,
    InvitationLapsed,
    InvitationWithdrawn,
    ApplicationReturned,
    ApplicationCorrected,
)
"""Every message that moves a membership; a read model keeps the newest by the subject's version."""


class MembershipStands(Refusal):
    """The step does not lead on from where the membership stands."""

    code = "MEMBERSHIP_STANDS"
    zh = "成员资格当前为“{status_zh}”，不能进行此操作。"
    en = "The status of the membership is “{status}”; this step is not possible from there."

    @classmethod
    def at(cls, status: str) -> MembershipStands:
        return cls(status=status, status_zh=STATUS_ZH[MembershipStatus(status)])


class TermInvalid(Refusal):
    code = "TERM_INVALID"
    zh = "日期不能早于{earliest}。"
    en = "The day cannot be before {earliest}."


class NotInParent(Refusal):
    code = "NOT_IN_PARENT"
    zh = "按章程，加入本联盟的单位须先是上级联盟“{parent}”的成员。"
    en = "By the charter, who joins this alliance is first a member of “{parent}”, to which it belongs."


class CapReached(Refusal):
    code = "CAP_REACHED"
    zh = "联盟成员已达章程规定的上限{cap}个。"
    en = "The alliance has as many members as its charter allows: {cap}."
