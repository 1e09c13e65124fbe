"""What cooperation projects say and refuse."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class ParticipationStatus(Choice):
    """How an organisation that a project names stands to it."""

    INVITED = "invited", "It is asked to take part, and has not answered (待答复)."
    ACCEPTED = "accepted", "It takes part (参与)."
    DECLINED = "declined", "It does not take part (谢绝)."
    WITHDRAWN = "withdrawn", "The lead has taken the invitation back (邀请已撤回)."
    LAPSED = "lapsed", "It has not answered in time (逾期未答复)."


@dataclass(frozen=True, kw_only=True)
class ProjectOpened(Message, type="projects.project_opened"):
    """A cooperation project was opened, maybe from an item of a plan.

    `participant_ids` are those that take part: of a project that was opened since they are asked, the lead alone.
    """

    project_id: str
    title: str
    item_id: str | None
    lead_organization: Named
    participant_ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ParticipantsInvited(Message, type="projects.participants_invited"):
    """A project asks organisations to take part, at most 99, until `answer_by`; none of them counts before it accepts."""

    project_id: str
    title: str
    lead_organization: Named
    organization_ids: list[str]
    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class _Participation:
    """What every message about one organisation in a project says."""

    project_id: str
    title: str
    lead_organization: Named
    organization: Named


@dataclass(frozen=True, kw_only=True)
class ParticipationAccepted(_Participation, Message, type="projects.participation_accepted"):
    """The organisation takes part from now on."""


@dataclass(frozen=True, kw_only=True)
class ParticipationDeclined(_Participation, Message, type="projects.participation_declined"):
    """The organisation does not take part, with the reason."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ParticipationWithdrawn(_Participation, Message, type="projects.participation_withdrawn"):
    """The lead no longer asks the organisation."""


@dataclass(frozen=True, kw_only=True)
class InvitationsLapsed(Message, type="projects.invitations_lapsed"):
    """So many organisations have not answered in time and are no longer asked."""

    project_id: str
    title: str
    lead_organization: Named
    organizations: int


@dataclass(frozen=True, kw_only=True)
class MilestoneReached(Message, type="projects.milestone_reached"):
    """A milestone of a cooperation project was reached."""

    project_id: str
    title: str
    milestone: str


class OneProvinceOnly(Refusal):
    code = "ONE_PROVINCE_ONLY"
    zh = "合作项目的参与单位须来自至少 {provinces} 个省（市）。"
    en = "The participants of a cooperation project must come from at least {provinces} provinces."


class OrganizationsUnknown(Refusal):
    code = "ORGANIZATIONS_UNKNOWN"
    zh = "有 {count} 个单位尚未登记；如刚刚登记，请稍后再试。"
    en = "{count} of the organisations are not registered; if they were registered just now, try again in a moment."


class MilestoneReachedAlready(Refusal):
    code = "MILESTONE_REACHED_ALREADY"
    zh = "该阶段目标已经完成。"
    en = "This milestone was reached already."


class NotInvited(Refusal):
    """The organisation is not asked, has answered, or was not asked in time."""

    code = "NOT_INVITED"
    zh = "该单位没有待答复的参与邀请。"
    en = "This organisation has no invitation to the project that waits for an answer."
