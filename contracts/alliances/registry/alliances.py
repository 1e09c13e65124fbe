"""What is said and refused of alliances: their entry in the registry, and all that changes in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class AllianceKind(Choice):
    """What an alliance is for."""

    VOCATIONAL_GROUP = "vocational_group", "A group of vocational colleges with enterprises (联合职业教育集团)."
    TECHNOLOGY_TRANSFER = "technology_transfer", "Universities that bring research into use (高校技术转移联盟)."
    TALENT_SERVICE = "talent_service", "Bodies that find and train people for education (教育人才服务联盟)."
    SCHOOL_ALLIANCE = "school_alliance", "Schools that work together."
    UNIVERSITY_ALLIANCE = "university_alliance", "Universities that work together."
    VOCATIONAL_ALLIANCE = "vocational_alliance", "Vocational colleges that work together."
    MECHANISM = "mechanism", "Offices that meet under a standing arrangement (协作机制)."
    OTHER = "other", "Another kind of alliance."


class AllianceStage(Choice):
    """How far an alliance has come (建设阶段)."""

    PROPOSED = "proposed", "Somebody has proposed it (拟建)."
    PREPARING = "preparing", "It is being prepared (筹建)."
    ACTIVE = "active", "It is at work (运行)."
    DORMANT = "dormant", "It rests (休眠)."
    DISSOLVED = "dissolved", "It is at an end (终止); its record stays."


class AllianceLevel(Choice):
    """How far an alliance reaches."""

    REGION = "region", "Several provinces (区域)."
    PROVINCE = "province", "One province (省级)."
    CITY = "city", "One city (市级)."
    BORDER = "border", "Neighbours across a border of provinces (毗邻地区)."


class AllianceChange(Choice):
    """What was done to the entry of an alliance."""

    FOUNDED = "founded", "It was entered."
    CORRECTED = "corrected", "What was entered wrongly, or has changed without a day, was put right."
    PRESENTED = "presented", "Its website or introduction was changed."
    RENAMED = "renamed", "It has another name since a day."
    RENAMING_PLANNED = "renaming_planned", "It will have another name from a day on."
    RENAMING_HELD_UP = "renaming_held_up", "It was to have another name today, but another alliance bears it."
    NAME_WITHDRAWN = "name_withdrawn", "A name that it never had, or will not have, was struck out."
    STAGE_MOVED = "stage_moved", "It has come to another stage."
    LINKED = "linked", "It belongs to another alliance than before, or to none."


@dataclass(frozen=True, kw_only=True)
class AllianceMessage(Message):
    """All of the entry of an alliance (联盟、集团、协作机制), as it is now; `region` is the one that leads it."""

    alliance: Named
    kind: str
    region: str | None
    founded_on: date | None
    stage: str = AllianceStage.ACTIVE
    parent_id: str | None = None
    level: str | None = None
    regions: list[str] = field(default_factory=list)
    industry: str | None = None
    former_names: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class AllianceFounded(AllianceMessage, type="alliances.alliance_founded"):
    """An alliance (联盟、集团、协作机制) was entered with its kind and lead province."""


@dataclass(frozen=True, kw_only=True)
class AllianceChanged(AllianceMessage, type="alliances.alliance_changed"):
    """The entry of an alliance was changed; all of it is given anew.

    `what` is an AllianceChange; `named` is the name that was left, planned or struck out, or the alliance that it belongs
    to; `since` is the day that counts.
    """

    what: str = AllianceChange.CORRECTED
    named: Named | None = None
    since: date | None = None
    reason: str = ""


class AllianceKnown(Refusal):
    code = "ALLIANCE_KNOWN"
    zh = "该地区已有同名联盟。"
    en = "There is already an alliance of this name in this region."


class AllianceStageStands(Refusal):
    code = "ALLIANCE_STAGE_STANDS"
    zh = "联盟现处阶段（{stage}）不能办理此事。"
    en = "At its present stage ({stage}) this cannot be done with the alliance."


class ParentCircular(Refusal):
    code = "PARENT_CIRCULAR"
    zh = "上级联盟本身隶属于该联盟，不能互为上下级。"
    en = "The other alliance belongs to this one already; two cannot belong to each other."


class ChildrenStand(Refusal):
    code = "CHILDREN_STAND"
    zh = "该联盟还有 {count} 个运行中的下级联盟，请先调整。"
    en = "{count} alliances that go on belong to this one; link them elsewhere first."
