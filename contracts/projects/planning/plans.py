"""What plans say and refuse: documents and their items."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Refusal
from contracts.choices import Choice


class WorkItemKind(Choice):
    """What an item is in its document."""

    PREAMBLE = "preamble", "The introduction: aims, principles, background."
    WORK_POINT = "work_point", "A piece of work to be done."
    WORK_POINT_PART = "work_point_part", "A part of a piece of work."
    IMPLEMENTATION = "implementation", "How the work is organised and reported on."
    KEY_PROJECT = "key_project", "A key project (重点项目)."
    PLATFORM_ITEM = "platform_item", "A platform to build or run (平台)."
    SAFEGUARD = "safeguard", "How the work is supported: leadership, money, staff (保障措施)."
    GOAL = "goal", "A goal with a year or a figure (目标)."
    SIGNATURE_OUTCOME = "signature_outcome", "An outcome to be shown (标志性成果)."
    ANNEX = "annex", "An entry of an annex."


class UnitRole(Choice):
    """What a unit has to do with an item, where the document says it."""

    LEAD = "lead", "Leads the work (牵头单位)."
    PARTICIPATING = "participating", "Does its own part of the work (配合单位)."
    SUPPORTING = "supporting", "Supports the work (支持单位)."


class Comparator(Choice):
    """How the figure of a target binds."""

    GTE = "gte", "At least the value."
    LTE = "lte", "At most the value."
    LT = "lt", "Less than the value."
    EQ = "eq", "Exactly the value."
    APPROX = "approx", "About the value."
    BETWEEN = "between", "From the value to the upper end, both included."


class TargetFrequency(Choice):
    """How often a target recurs."""

    MONTHLY = "monthly", "Every month."
    QUARTERLY = "quarterly", "Every quarter."
    HALF_YEARLY = "half_yearly", "Every half-year."
    EACH_TERM = "each_term", "Every school term."
    ANNUAL = "annual", "Every year."
    EVERY_2_YEARS = "every_2_years", "Every two years."
    EVERY_3_YEARS = "every_3_years", "Every three years."
    EVERY_5_YEARS = "every_5_years", "Every five years."


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
