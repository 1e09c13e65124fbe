"""What projects says and refuses: plans, their items, and cooperation projects."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.base import Message, Named, Refusal


@dataclass(frozen=True, kw_only=True)
class PlanImported(Message, type="projects.plan_imported"):
    """A plan document (工作要点、行动计划) became a plan with items that can be tracked."""

    plan_id: str
    title: str
    issuer: str | None
    items: int
    public: bool


@dataclass(frozen=True, kw_only=True)
class ItemAssigned(Message, type="projects.item_assigned"):
    """An item of a plan names responsible units that the registry knows: they are told by this message."""

    plan_id: str
    plan_title: str
    item_id: str
    item_key: str
    item_text: str
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class ProjectOpened(Message, type="projects.project_opened"):
    """A cooperation project was opened, maybe from an item of a plan, with its participating organisations."""

    project_id: str
    title: str
    item_id: str | None
    lead_organization: Named
    participant_ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class MilestoneReached(Message, type="projects.milestone_reached"):
    """A milestone of a cooperation project was reached."""

    project_id: str
    title: str
    milestone: str


class NotAPlan(Refusal):
    """The text shows no structure of a plan; the preview says what it doubts."""

    code = "NOT_A_PLAN"
    zh = "未能将此文本识别为工作要点或行动计划，未导入。"
    en = "This text was not recognised as work points or an action plan; nothing was imported."


class DoubtsChanged(Refusal):
    """The reading is not the one that was shown: other doubts than those that were confirmed."""

    code = "DOUBTS_CHANGED"
    zh = "识别结果与预览时不一致，请重新预览并确认存疑之处。"
    en = "The text is read differently from the preview; look at the preview again and confirm its doubts."


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
    zh = "该里程碑已经完成。"
    en = "This milestone was reached already."
