"""What events says and refuses about phases: the dated parts of a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class PhaseKind(Choice):
    """What a phase of a round is for."""

    RETURN = "return", "Places that are not needed go back (名额返还)."
    SUBSTITUTION = "substitution", "Members can be substituted (人员替换)."
    WORKS = "works", "Works are submitted (作品提交)."
    JUDGING = "judging", "Works are judged (评审)."
    CONTEST = "contest", "Contestants compete on site (现场比赛)."


PHASE_NAMES = {
    PhaseKind.RETURN: ("名额返还", "return of places"),
    PhaseKind.SUBSTITUTION: ("人员替换", "substitution"),
    PhaseKind.WORKS: ("作品提交", "submission of works"),
    PhaseKind.JUDGING: ("评审", "judging"),
    PhaseKind.CONTEST: ("现场比赛", "contest"),
}
"""What a phase is called in Chinese and in English."""


class PhaseState(Choice):
    """The status of a phase; the scheduler changes it."""

    UPCOMING = "upcoming", "It has not begun (未开始)."
    OPEN = "open", "It is open (进行中)."
    CLOSED = "closed", "It has ended (已结束)."
    CANCELLED = "cancelled", "The competition was cancelled before it ended (赛事已取消)."


@dataclass(frozen=True, kw_only=True)
class _Phase:
    """What every message about a phase says."""

    phase_id: str
    kind: str
    competition: Named
    round: Named
    edition: int
    series_id: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class PhaseOpened(_Phase, Message, type="events.phase_opened"):
    """The phase has begun."""


@dataclass(frozen=True, kw_only=True)
class PhaseClosed(_Phase, Message, type="events.phase_closed"):
    """The phase has ended."""


@dataclass(frozen=True, kw_only=True)
class PhaseMoved(_Phase, Message, type="events.phase_moved"):
    """The phase has other times; `reason` says why. `organization_ids` are as in RulesAmended."""

    reason: str
    organization_ids: list[str]


class PhaseOver(Refusal):
    code = "PHASE_OVER"
    zh = "该阶段已经结束。"
    en = "This phase is over."
