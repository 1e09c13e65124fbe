"""What events says and refuses about re-judging (复评): opened for an upheld objection, ruled on, applied or cancelled."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Refusal
from contracts.choices import Choice
from contracts.events.editions.stages import AboutStage


class RejudgingStatus(Choice):
    """The status of a re-judging."""

    OPEN = "open", "Judges judge again, and the panel rules."  # 进行中
    APPLIED = (
        "applied",
        "A new version of the result is proposed from it, and waits for the signature of a supervisor.",
    )  # 已提出新成绩
    ANNOUNCED = "announced", "The new version of the result is announced."  # 新成绩已公布
    CANCELLED = "cancelled", "It ended without a change of the result."  # 已取消


class RulingKind(Choice):
    """What a panel rules in a re-judging."""

    SHEET_EXCLUDED = "sheet_excluded", "The sheet does not count."  # 评分表不计
    DISQUALIFIED = "disqualified", "The entry has no place."  # 取消成绩


@dataclass(frozen=True, kw_only=True)
class _Rejudging(AboutStage):
    """What every message about a re-judging says; `people` are the judges appointed to it."""

    rejudging_id: str
    objection_id: str
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class RejudgingOpened(_Rejudging, Message, type="events.rejudging_opened"):
    """Entries of an upheld objection are judged again."""


@dataclass(frozen=True, kw_only=True)
class RejudgingApplied(_Rejudging, Message, type="events.rejudging_applied"):
    """The previewed difference, with this SHA-256, is proposed as a new version of the result."""

    difference_digest: str


@dataclass(frozen=True, kw_only=True)
class RejudgingReopened(_Rejudging, Message, type="events.rejudging_reopened"):
    """The version that was proposed from it was withdrawn; it can be changed and applied again."""


@dataclass(frozen=True, kw_only=True)
class RejudgingCancelled(_Rejudging, Message, type="events.rejudging_cancelled"):
    """It ends without a change of the result."""

    reason: str


class RejudgingKnown(Refusal):
    code = "REJUDGING_KNOWN"
    zh = "该异议已有复评。"
    en = "There is a re-judging of this objection already."


class RejudgingStands(Refusal):
    """The step does not lead on from where the re-judging stands."""

    code = "REJUDGING_STANDS"
    zh = "复评当前状态（{status}）下不能进行该操作。"
    en = "This cannot be done while the status of the re-judging is {status}."


class NotInRejudging(Refusal):
    code = "NOT_IN_REJUDGING"
    zh = "该参赛项目不在本次复评范围内。"
    en = "This entry is not part of the re-judging."


class NotAppointed(Refusal):
    code = "NOT_APPOINTED"
    zh = "您未被指定为本次复评的评委。"
    en = "You are not appointed as a judge of this re-judging."


class RulingKnown(Refusal):
    code = "RULING_KNOWN"
    zh = "对此已作出同样的裁定。"
    en = "The panel has ruled so already."


class RulingLifted(Refusal):
    code = "RULING_LIFTED"
    zh = "该裁定已经撤销。"
    en = "This ruling is lifted already."


class JudgeConflicted(Refusal):
    """Who is appointed must be a candidate of the edition without a conflict with what is judged again."""

    code = "JUDGE_CONFLICTED"
    zh = "“{person}”不是本届评委候选人，或须回避复评的参赛项目。"
    en = "{person} is no candidate of this edition, or has a conflict with an entry that is judged again."


class DifferenceChanged(Refusal):
    """What would be applied is no longer what was previewed."""

    code = "DIFFERENCE_CHANGED"
    zh = "成绩变动与预览不一致，请重新预览。"
    en = "The difference is no longer the one that was previewed; preview it again."


class AnotherArbitratorNeeded(Refusal):
    """What one of the panel has opened, another one of it ends."""

    code = "ANOTHER_ARBITRATOR_NEEDED"
    zh = "发起复评的仲裁员不能单独取消该复评。"
    en = "Who opened a re-judging cannot cancel it alone."
