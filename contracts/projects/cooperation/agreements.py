"""What cooperation projects say and refuse."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.base import Message, Named, Refusal


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
