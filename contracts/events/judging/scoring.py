"""What events says and refuses about score sheets (评分表): saved, submitted, returned, reminded of, locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from contracts.base import Message, Refusal
from contracts.choices import Choice
from contracts.events.editions.stages import AboutStage


class SheetStatus(Choice):
    """The status of a score sheet."""

    DRAFT = "draft", "Its judge still writes it."  # 草稿
    SUBMITTED = "submitted", "Its judge has submitted it; it can still be returned."  # 已提交
    LOCKED = "locked", "Judging is over, and it no longer changes."  # 已锁定


@dataclass(frozen=True, kw_only=True)
class _Sheet(AboutStage):
    """What every message about a sheet says: whose it is by the seat, never for which code."""

    sheet_id: str
    seat_id: str


@dataclass(frozen=True, kw_only=True)
class SheetSaved(_Sheet, Message, type="events.sheet_saved"):
    """A judge has written a draft of a sheet; every version of it is kept."""


@dataclass(frozen=True, kw_only=True)
class SheetSubmitted(_Sheet, Message, type="events.sheet_submitted"):
    """A judge stands by a sheet and does not change it any more."""


@dataclass(frozen=True, kw_only=True)
class SheetReturned(_Sheet, Message, type="events.sheet_returned"):
    """An organiser gave a submitted sheet back to its judge, `person`, to be looked at again."""

    person: str
    reason: str


SheetMessage: TypeAlias = SheetSaved | SheetSubmitted | SheetReturned
"""What a step of one sheet is told by."""


@dataclass(frozen=True, kw_only=True)
class SheetsDue(AboutStage, Message, type="events.sheets_due"):
    """A judge, `person`, still has `missing` sheets to submit before judging ends."""

    person: str
    missing: int
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class SheetsLate(AboutStage, Message, type="events.sheets_late"):
    """Judging has ended, and `missing` sheets of `judges` judges were not submitted."""

    missing: int
    judges: int


@dataclass(frozen=True, kw_only=True)
class SheetsLocked(AboutStage, Message, type="events.sheets_locked"):
    """Judging is over: `sheets` count, by the rules of version `rules_version`, and no sheet changes any more."""

    sheets: int
    missing: int
    rules_version: int


class JudgingNotOpen(Refusal):
    code = "JUDGING_NOT_OPEN"
    zh = "当前不在评审时间内。"
    en = "Judging is not open now."


class SheetLocked(Refusal):
    code = "SHEET_LOCKED"
    zh = "评分已经锁定，不能再改动。"
    en = "The sheets of this stage are locked and no longer change."


class SheetsNotLocked(Refusal):
    code = "SHEETS_NOT_LOCKED"
    zh = "评分尚未锁定。"
    en = "The sheets of this stage are not locked yet."


class AlreadySubmitted(Refusal):
    code = "ALREADY_SUBMITTED"
    zh = "该评分表已经提交；如需修改，请联系主办方退回。"
    en = "This sheet is submitted already; an organiser can return it to you."


class NotSubmitted(Refusal):
    code = "NOT_SUBMITTED"
    zh = "该评分表尚未提交。"
    en = "This sheet is not submitted."


class SheetsMissing(Refusal):
    code = "SHEETS_MISSING"
    zh = "还有 {missing} 份评分表未提交。"
    en = "{missing} sheets are not submitted yet."


class RubricChanged(Refusal):
    """The rules were amended since the judge looked at them; `version` is that of the rubric in force."""

    code = "RUBRIC_CHANGED"
    zh = "评分标准已修订（现为 {version}），请按新标准重新打分。"
    en = "The rubric was amended (it is {version} now); please score by the new one."


class CriterionUnknown(Refusal):
    code = "CRITERION_UNKNOWN"
    zh = "评分标准中没有“{criterion}”这一项。"
    en = "The rubric has no criterion “{criterion}”."


class PointsInvalid(Refusal):
    code = "POINTS_INVALID"
    zh = "该项须在 {least} 到 {most} 分之间，以 {step} 分为单位。"
    en = "This takes points from {least} to {most} in steps of {step}."


class SheetIncomplete(Refusal):
    """A criterion without points; `criterion` is the first of them."""

    code = "SHEET_INCOMPLETE"
    zh = "“{criterion}”一项尚未打分。"
    en = "The criterion “{criterion}” has no points yet."
