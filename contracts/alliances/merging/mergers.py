"""What is said and refused of mergers: two organisations in the registry that are one from now on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class MergeGround(Choice):
    """Why two organisations are one."""

    DUPLICATE = "duplicate", "One organisation was registered twice (重复登记)."
    MERGER = "merger", "Two organisations have become one (合并)."
    ABSORPTION = "absorption", "One organisation has been taken into the other (并入)."


GROUND_WORDS: Mapping[str, tuple[str, str]] = {
    MergeGround.DUPLICATE: ("重复登记", "registered twice"),
    MergeGround.MERGER: ("两单位合并", "the two have become one"),
    MergeGround.ABSORPTION: ("并入", "taken into the other"),
}
"""The grounds in Chinese and in English."""


class MergedField(Choice):
    """What of an organisation two entries can say differently."""

    NAME_ZH = "name_zh", "Its name in Chinese."
    NAME_EN = "name_en", "Its name in English."
    KIND = "kind", "What it is."
    REGION = "region", "Where it has its seat: the code of the region, or of the country."
    CREDIT_CODE = "credit_code", "Its unified social credit code."
    SCHOOL_CODE = "school_code", "Its school code (学校标识码)."
    WEBSITE = "website", "The address of its website."


FIELD_ZH = {
    MergedField.NAME_ZH: "中文名称",
    MergedField.NAME_EN: "英文名称",
    MergedField.KIND: "单位类别",
    MergedField.REGION: "所在地区",
    MergedField.CREDIT_CODE: "统一社会信用代码",
    MergedField.SCHOOL_CODE: "学校标识码",
    MergedField.WEBSITE: "网址",
}
"""What people call each of them."""


class MergeSide(Choice):
    """One of the two organisations of a merger."""

    SURVIVOR = "survivor", "The organisation that stays (保留单位)."
    OTHER = "other", "The organisation that is merged into it (被合并单位)."


class DuplicateReason(Choice):
    """Why two organisations may be one."""

    SAME_NAME = "same_name", "They have the same name, in different regions."
    SAME_SPELLING = "same_spelling", "Their names differ only in width, brackets, spaces or capitals."
    SAME_CODE = "same_code", "Their credit codes name the same body (digits 9 to 17 of GB 32100-2015)."


@dataclass(frozen=True, kw_only=True)
class MergerMessage(Message):
    """What both messages about a merger say."""

    merger_id: str
    survivor: Named
    other: Named
    ground: str
    merged_at: datetime


@dataclass(frozen=True, kw_only=True)
class OrganizationsMerged(MergerMessage, type="alliances.organizations_merged"):
    """Two organisations are one: whoever reads an id of the other means the survivor. Nothing is rewritten."""


@dataclass(frozen=True, kw_only=True)
class OrganizationsUnmerged(MergerMessage, type="alliances.organizations_unmerged"):
    """A merger was undone, with the reason: each id means its own organisation again."""

    unmerged_at: datetime
    reason: str


class MergeUndecided(Refusal):
    """The two say different things, and nobody has said which of them is right."""

    code = "MERGE_UNDECIDED"
    zh = "两单位的{differs_zh}不同，请选择保留哪一个。"
    en = "The two organisations differ in {differs}; choose whose to keep."

    @classmethod
    def about(cls, field: MergedField) -> MergeUndecided:
        return cls("choices", differs=field.value, differs_zh=FIELD_ZH[field])


class MergeIntoItself(Refusal):
    code = "MERGE_INTO_ITSELF"
    zh = "不能把单位与其自身合并。"
    en = "An organisation cannot be merged with itself."


class UnmergeTooLate(Refusal):
    code = "UNMERGE_TOO_LATE"
    zh = "合并已超过 {days} 天，不能撤销。"
    en = "The merger is older than {days} days and can no longer be undone."


class UnmergeLaterFirst(Refusal):
    """A later merger took the survivor, or what it had then, along."""

    code = "UNMERGE_LATER_FIRST"
    zh = "此后“{survivor}”又与“{other}”合并，请先撤销后一次合并。"
    en = "“{other}” was merged into “{survivor}” afterwards; undo that merger first."
