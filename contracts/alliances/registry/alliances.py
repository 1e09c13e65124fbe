"""What is said and refused of alliances: their entry in the registry."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class AllianceFounded(Message, type="alliances.alliance_founded"):
    """An alliance (联盟、集团、协作机制) was entered with its kind and lead province."""

    alliance: Named
    kind: str
    region: str | None
    founded_on: date | None


class AllianceKnown(Refusal):
    code = "ALLIANCE_KNOWN"
    zh = "已有同名联盟。"
    en = "There is already an alliance of this name."
