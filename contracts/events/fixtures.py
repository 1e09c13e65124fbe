"""What events says and refuses about fixtures (赛程): groups, timetables, scores and standings of ball games."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contracts.base import Message, Named, Refusal


class FixtureKind(StrEnum):
    """What a fixture is for."""

    GROUP = "group"  # 小组赛
    KNOCK_OUT = "knock_out"  # 淘汰赛
    THIRD_PLACE = "third_place"  # 三四名决赛
    FINAL = "final"  # 决赛


class FixtureStatus(StrEnum):
    """Where a fixture stands."""

    DRAWN_UP = "drawn_up"  # 已编排，未定时间
    SCHEDULED = "scheduled"  # 已定时间
    PLAYED = "played"  # 已结束
    CANCELLED = "cancelled"  # 已取消


class FixtureSide(StrEnum):
    """One of the two in a fixture."""

    HOME = "home"  # 主队
    AWAY = "away"  # 客队


class StandingsCriterion(StrEnum):
    """What contestants of a group are ordered by; those named after one another decide where the earlier ones leave a tie.

    A `head_to_head…` looks only at the games among those who are still tied. `scored` counts goals or sets, `rally_…`
    the points within sets. `lot` is drawn by the seed of the stage and leaves no tie.
    """

    POINTS = "points"  # 积分
    WINS = "wins"  # 胜场
    DIFFERENCE = "difference"  # 净胜
    SCORED = "scored"  # 进球或胜局
    RATIO = "ratio"  # 胜负局比
    RALLY_DIFFERENCE = "rally_difference"  # 净胜小分
    RALLY_RATIO = "rally_ratio"  # 得失小分比
    HEAD_TO_HEAD = "head_to_head"  # 相互间积分
    HEAD_TO_HEAD_DIFFERENCE = "head_to_head_difference"  # 相互间净胜
    HEAD_TO_HEAD_SCORED = "head_to_head_scored"  # 相互间进球或胜局
    FAIR_PLAY = "fair_play"  # 公平竞赛
    LOT = "lot"  # 抽签


@dataclass(frozen=True, kw_only=True)
class _OfStage:
    """Which track in which round of which edition."""

    stage_id: str
    competition: Named
    track: Named
    round: Named
    edition: int
    series_id: str


@dataclass(frozen=True, kw_only=True)
class GroupsFormed(_OfStage, Message, type="events.groups_formed"):
    """The contestants were drawn into groups by `seed`, from which anybody can draw them again."""

    seed: str
    groups: int


@dataclass(frozen=True, kw_only=True)
class FixturesDrawnUp(_OfStage, Message, type="events.fixtures_drawn_up"):
    """It is settled who meets whom; the fixtures have no times yet."""

    fixtures: int


@dataclass(frozen=True, kw_only=True)
class FixturesScheduled(_OfStage, Message, type="events.fixtures_scheduled"):
    """So many fixtures have times and venues now, and are public; `organization_ids` are those that play."""

    fixtures: int
    starts_at: datetime
    ends_at: datetime
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class _Fixture(_OfStage):
    """What every message about a fixture says; `home` and `away` are the institutions, where they are known yet."""

    fixture_id: str
    number: int
    home: Named | None
    away: Named | None
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class FixtureMoved(_Fixture, Message, type="events.fixture_moved"):
    """A fixture has another time or venue; `reason` says why."""

    starts_at: datetime
    venue: Named
    reason: str


@dataclass(frozen=True, kw_only=True)
class FixtureCancelled(_Fixture, Message, type="events.fixture_cancelled"):
    """A fixture will not be played; `starts_at` is when it would have been, if that was settled."""

    starts_at: datetime | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class FixtureScoreRecorded(_Fixture, Message, type="events.fixture_score_recorded"):
    """How a game ended, in goals or sets; `record` is 1 for the first account, more for a correction with its `reason`."""

    home_score: int
    away_score: int
    forfeited_by: str | None
    record: int
    reason: str


class GroupsNotFormed(Refusal):
    code = "GROUPS_NOT_FORMED"
    zh = "该赛段尚未抽签分组。"
    en = "No groups have been drawn in this stage yet."


class FixturesNotDrawnUp(Refusal):
    code = "FIXTURES_NOT_DRAWN_UP"
    zh = "该赛段尚未编排对阵。"
    en = "No fixtures have been drawn up in this stage yet."


class FixturesDrawnUpAlready(Refusal):
    code = "FIXTURES_DRAWN_UP_ALREADY"
    zh = "该赛段的对阵已经编排。"
    en = "The fixtures of this stage are drawn up already."


class TooFewContestants(Refusal):
    code = "TOO_FEW_CONTESTANTS"
    zh = "至少需要 {least} 个参赛者。"
    en = "At least {least} contestants are needed."


class TooManyFixtures(Refusal):
    code = "TOO_MANY_FIXTURES"
    zh = "一个赛段最多 {most} 场比赛，现需 {needed} 场；请调整分组。"
    en = "A stage has at most {most} fixtures, and {needed} would be needed; make the groups smaller."


class NotAParticipant(Refusal):
    code = "NOT_A_PARTICIPANT"
    zh = "该报名不在本赛段的参赛者之列。"
    en = "This entry does not compete in this stage."


class FixtureClash(Refusal):
    """The venue is taken then, or a contestant plays or rests."""

    code = "FIXTURE_CLASH"
    zh = "该时间场地已占用，或参赛队伍另有比赛或正在休息。"
    en = "The venue is taken then, or one of the contestants plays or rests."


class FixtureOutOfOrder(Refusal):
    code = "FIXTURE_OUT_OF_ORDER"
    zh = "该时间与前后轮次冲突：须在前一轮结束并休息之后、后一轮开始之前。"
    en = "A fixture must come after those that decide who plays in it, and before those that wait for it."


class FixtureOver(Refusal):
    """It was played or cancelled."""

    code = "FIXTURE_OVER"
    zh = "该场比赛已结束或已取消。"
    en = "This fixture was played or cancelled already."


class FixtureAwaited(Refusal):
    code = "FIXTURE_AWAITED"
    zh = "后续比赛等待该场的胜负，不能取消；可记为弃权。"
    en = "Other fixtures wait for who wins this one; it cannot be cancelled. Record a forfeit instead."


class ContestantsNotKnown(Refusal):
    code = "CONTESTANTS_NOT_KNOWN"
    zh = "该场比赛的双方尚未产生。"
    en = "It is not known yet who plays in this fixture."


class NotPlayedYet(Refusal):
    code = "NOT_PLAYED_YET"
    zh = "该场比赛尚未开始。"
    en = "This fixture has not begun yet."


class ScoreRecorded(Refusal):
    code = "SCORE_RECORDED"
    zh = "该场比分已经记录；如有错误请更正。"
    en = "The score of this fixture is recorded already; correct it if it is wrong."


class NoScoreRecorded(Refusal):
    code = "NO_SCORE_RECORDED"
    zh = "该场比赛还没有比分。"
    en = "This fixture has no score yet."


class ScoreInvalid(Refusal):
    code = "SCORE_INVALID"
    zh = "按照规则，比赛不能以该比分结束。"
    en = "A game cannot end like this by the rules."


class LaterFixturePlayed(Refusal):
    """The correction would change who plays in a fixture that was played."""

    code = "LATER_FIXTURE_PLAYED"
    zh = "更正后第 {number} 场的参赛方将改变，而该场已经比赛。"
    en = "Somebody else would have to play in fixture {number}, which was played already."


class FixturesNotOver(Refusal):
    code = "FIXTURES_NOT_OVER"
    zh = "还有 {open} 场比赛没有结果。"
    en = "{open} fixture(s) are still to be played."
