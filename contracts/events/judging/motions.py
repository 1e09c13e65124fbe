"""What events says and refuses about motions (提请): acts on judging that one person proposes and a second carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class MotionAct(Choice):
    """What a motion would do."""

    REPLACE_JUDGE = "replace_judge", "Replace a judge of a panel (更换评委)."
    CANCEL_DRAW = "cancel_draw", "Cancel the draw of a panel (作废抽签)."
    REPLACE_ARBITRATOR = "replace_arbitrator", "Replace an arbitrator of a panel (更换仲裁员)."
    WITHDRAW_AWARD = "withdraw_award", "Withdraw an award (撤销奖项)."
    GRANT_BY_AMENDMENT = "grant_by_amendment", "Give awards by amended rules (按修订后的规程授奖)."


ACT_NAMES = {
    MotionAct.REPLACE_JUDGE: ("更换评委", "replacing a judge"),
    MotionAct.CANCEL_DRAW: ("作废抽签", "cancelling a draw"),
    MotionAct.REPLACE_ARBITRATOR: ("更换仲裁员", "replacing an arbitrator"),
    MotionAct.WITHDRAW_AWARD: ("撤销奖项", "withdrawing an award"),
    MotionAct.GRANT_BY_AMENDMENT: ("按修订后的规程授奖", "giving awards by amended rules"),
}
"""What people are told of each act, in Chinese and English."""


class MotionStatus(Choice):
    """The status of a motion."""

    PROPOSED = "proposed", "It waits for its second person (待复核)."
    CARRIED = "carried", "A second person has signed it, and it was done (已执行)."
    WITHDRAWN = "withdrawn", "It was taken back (已撤回)."
    LAPSED = "lapsed", "Nobody signed it in time (已逾期)."


@dataclass(frozen=True, kw_only=True)
class _Motion:
    """What every message about a motion says; `track` and `round` are empty where it concerns a whole edition."""

    motion_id: str
    act: str
    about_id: str
    competition: Named
    edition: int
    series_id: str
    stage_id: str | None
    track: Named | None
    round: Named | None


@dataclass(frozen=True, kw_only=True)
class MotionProposed(_Motion, Message, type="events.motion_proposed"):
    """A motion waits for a supervisor to sign it, until `lapses_at`."""

    reason: str
    digest: str
    lapses_at: datetime


@dataclass(frozen=True, kw_only=True)
class MotionCarried(_Motion, Message, type="events.motion_carried"):
    """A second person has signed, and what was proposed is done: its own message says what came of it."""

    digest: str


@dataclass(frozen=True, kw_only=True)
class MotionWithdrawn(_Motion, Message, type="events.motion_withdrawn"):
    """A motion was taken back."""


@dataclass(frozen=True, kw_only=True)
class MotionLapsed(_Motion, Message, type="events.motion_lapsed"):
    """Nobody has signed a motion in time; nothing was done."""


class MotionPending(Refusal):
    code = "MOTION_PENDING"
    zh = "同一事项已有提请等待监督员复核；如须更改，请先撤回。"
    en = "A motion for the same waits for a supervisor already; withdraw it first if it has to change."


class ReplacementsExhausted(Refusal):
    code = "REPLACEMENTS_EXHAUSTED"
    zh = "规程规定每个赛段最多更换 {most} 位评委，已达上限；确有必要的，请先修订规程并公布理由。"
    en = "The rules let {most} judges of a stage be replaced, and that is used up; amend the rules, with a reason, first."


class DrawsExhausted(Refusal):
    code = "DRAWS_EXHAUSTED"
    zh = "规程规定每个赛段最多抽签 {most} 次，不能再作废；确有必要的，请先修订规程并公布理由。"
    en = "The rules let a panel be drawn {most} times, and this was the last; amend the rules, with a reason, first."


class RosterFrozen(Refusal):
    code = "ROSTER_FROZEN"
    zh = "抽签名单已经冻结，只有候选评委本人可以退出；更换评委须由两人办理。"
    en = "The roster of a draw is frozen: only the candidate can withdraw now, and replacing a judge takes two people."
