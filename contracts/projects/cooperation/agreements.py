"""What cooperation projects say and refuse."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class ParticipationStatus(Choice):
    """How an organisation that a project names stands to it."""

    INVITED = "invited", "It is asked to take part, and has not answered (待答复)."
    ACCEPTED = "accepted", "It takes part (参与)."
    DECLINED = "declined", "It does not take part (谢绝)."
    WITHDRAWN = "withdrawn", "The lead has taken the invitation back (邀请已撤回)."
    LAPSED = "lapsed", "It has not answered in time (逾期未答复)."


class ProjectStatus(Choice):
    """Where a project stands."""

    OPEN = "open", "It is being carried out (进行中)."
    COMPLETED = "completed", "It has reached what it set out to do (已完成)."
    ENDED = "ended", "It was ended before that (已终止)."


class ProjectOutcome(Choice):
    """How a project is closed."""

    COMPLETED = ProjectStatus.COMPLETED.value, "It has reached what it set out to do (完成)."
    ENDED = ProjectStatus.ENDED.value, "It ends before that (终止)."


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


@dataclass(frozen=True, kw_only=True)
class ParticipationDue(Message, type="projects.participation_due"):
    """Organisations that a project asks to take part have not answered, and can do so until `answer_by`."""

    project_id: str
    title: str
    lead_organization: Named
    organization_ids: list[str]
    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class MilestoneDue(Message, type="projects.milestone_due"):
    """A milestone is due soon and not reached; the organisations, at most 100, are those that take part."""

    project_id: str
    title: str
    milestone_id: str
    milestone: str
    due_on: date
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What a message about a project says to everybody who takes part or is asked to, at most 100 organisations."""

    project_id: str
    title: str
    reason: str
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class ProjectChanged(_Told, Message, type="projects.project_changed"):
    """The project reads so from now on; `before` is what it was called."""

    before: str
    description: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class ProjectClosed(_Told, Message, type="projects.project_closed"):
    """The project is `completed` or `ended`, and nobody is asked to take part any more."""

    status: str


@dataclass(frozen=True, kw_only=True)
class ProjectReopened(_Told, Message, type="projects.project_reopened"):
    """A project that was closed is carried out again."""


@dataclass(frozen=True, kw_only=True)
class _MilestoneTold(_Told):
    milestone_id: str
    milestone: str


@dataclass(frozen=True, kw_only=True)
class MilestoneChanged(_MilestoneTold, Message, type="projects.milestone_changed"):
    """The milestone is called and due so from now on; `before` and `due_before` are how it was."""

    due_on: date
    before: str
    due_before: date


@dataclass(frozen=True, kw_only=True)
class MilestoneReopened(_MilestoneTold, Message, type="projects.milestone_reopened"):
    """The milestone that was reported as reached is not."""


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
    zh = "该阶段目标已经完成。如系误报，请先说明原因、予以重启（reopenMilestone）。"
    en = "This milestone was reached already; if that was reported by mistake, reopen it first (reopenMilestone)."


class MilestoneNotReached(Refusal):
    code = "MILESTONE_NOT_REACHED"
    zh = "该阶段目标尚未完成，不需要重启。"
    en = "This milestone is not reached, so there is nothing to reopen."


class MilestonesOpen(Refusal):
    code = "MILESTONES_OPEN"
    zh = "还有 {count} 项阶段目标未完成：请先报告完成，或以“终止”方式结束项目。"
    en = "{count} milestones are not reached; report them first, or close the project as ended."


class ProjectIsClosed(Refusal):
    code = "PROJECT_CLOSED"
    zh = "该项目已结束。如需更正，请先重启项目（reopenProject）。"
    en = "This project is closed; to change something, reopen it first (reopenProject)."


class ProjectNotClosed(Refusal):
    code = "PROJECT_NOT_CLOSED"
    zh = "该项目仍在进行，不需要重启。"
    en = "This project is open, so there is nothing to reopen."


class ReopenTooLate(Refusal):
    code = "REOPEN_TOO_LATE"
    zh = "项目结束已超过 {days} 天，不能再重启；请另行设立项目。"
    en = "The project was closed more than {days} days ago and stays closed; open a new one."


class ProjectEndsBefore(Refusal):
    code = "PROJECT_ENDS_BEFORE"
    zh = "结束日期不能早于开始日期。"
    en = "A project cannot end before it starts."


class NotInvited(Refusal):
    """The organisation is not asked, has answered, or was not asked in time."""

    code = "NOT_INVITED"
    zh = "该单位没有待答复的参与邀请。"
    en = "This organisation has no invitation to the project that waits for an answer."
