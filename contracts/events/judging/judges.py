"""What events says and refuses about judges (评委): who may judge, who sits on a panel, and who judges how much."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice
from contracts.events.editions.stages import AboutStage
from contracts.events.judging.draws import AboutDraw


class CandidateStatus(Choice):
    """The status of a candidate."""

    NOMINATED = "nominated", "They can be drawn as a judge."  # 已入库
    WITHDRAWN = "withdrawn", "They can no longer be drawn."  # 已退出


class SeatStatus(Choice):
    """The status of a seat on a panel."""

    DRAWN = "drawn", "The judge was drawn, and has not answered yet."  # 已抽中，待确认
    ACCEPTED = "accepted", "The judge takes the seat."  # 已接受
    DECLINED = "declined", "The judge did not take the seat."  # 已谢绝
    REPLACED = "replaced", "The judge left the seat in an emergency."  # 已更换
    CANCELLED = "cancelled", "The draw that gave the seat was cancelled."  # 抽签已作废


class ConflictKind(Choice):
    """Why a judge may not judge an entry."""

    CONTESTANT = "contestant", "The judge competes in the entry."  # 本人参赛
    ADVISER = "adviser", "The judge advises the entry."  # 本人指导
    SAME_INSTITUTION = "same_institution", "Judge and entry are tied to the same institution."  # 同一单位
    SAME_DELEGATION = "same_delegation", "Judge and entry are tied to the same delegation."  # 同一代表队
    DECLARED = "declared", "The judge or the organisers declared a conflict of interest."  # 已申报


class TieKind(Choice):
    """What ties a judge to an institution, a province or an entry, or an entry to an institution or a province."""

    NOMINATED_FROM = "nominated_from", "The judge was nominated from the institution."
    WORKED_AT = "worked_at", "The judge worked at the institution before."
    REPRESENTS = "represents", "The judge represents the institution."
    ADVISED_FOR = "advised_for", "The judge advised an entry of the institution."
    COMPETED_FOR = "competed_for", "The judge competed for the institution."
    LEADS = "leads", "The judge leads the delegation of the province."
    IN_OFFICE_OF = "in_office_of", "The judge is in the province's education office."
    ADVISES = "advises", "The judge advises the entry."
    COMPETES_IN = "competes_in", "The judge competes in the entry."
    DECLARED_BY_JUDGE = "declared_by_judge", "The judge declared the tie."
    DECLARED_BY_ORGANIZER = "declared_by_organizer", "The organisers declared the tie."
    ENTERED_BY = "entered_by", "The institution entered the entry in the competition."
    MEMBER_FROM = "member_from", "A member of the entry belongs to the institution."
    OF_DELEGATION = "of_delegation", "The entry belongs to the delegation of the province."


CONFLICT_WORDS = {
    ConflictKind.CONTESTANT: ("本人参赛", "competes in the entry"),
    ConflictKind.ADVISER: ("本人指导", "advises the entry"),
    ConflictKind.SAME_INSTITUTION: ("同一单位", "same institution"),
    ConflictKind.SAME_DELEGATION: ("同一代表队", "same delegation"),
    ConflictKind.DECLARED: ("已申报的利益关系", "declared"),
}
"""Each kind of conflict in Chinese and English."""

TIE_WORDS = {
    TieKind.NOMINATED_FROM: ("推荐时所在", "was nominated from"),
    TieKind.WORKED_AT: ("曾任职于", "worked at"),
    TieKind.REPRESENTS: ("担任单位代表", "represents"),
    TieKind.ADVISED_FOR: ("曾为其指导参赛", "advised an entry of"),
    TieKind.COMPETED_FOR: ("曾代表其参赛", "competed for"),
    TieKind.LEADS: ("担任领队", "leads the delegation of"),
    TieKind.IN_OFFICE_OF: ("任职于省级教育行政部门", "is in the office of"),
    TieKind.ADVISES: ("指导", "advises"),
    TieKind.COMPETES_IN: ("参赛", "competes in"),
    TieKind.DECLARED_BY_JUDGE: ("评委本人申报", "declared by the judge"),
    TieKind.DECLARED_BY_ORGANIZER: ("主办方申报", "declared by the organiser"),
    TieKind.ENTERED_BY: ("报名单位", "was entered by"),
    TieKind.MEMBER_FROM: ("成员所在单位", "has a member from"),
    TieKind.OF_DELEGATION: ("所属代表队", "belongs to the delegation of"),
}
"""Each kind of tie in Chinese and English."""


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    """What every message about a candidate says; `person` is the candidate, whose name stays where it is needed."""

    candidate_id: str
    competition: Named
    edition: int
    series_id: str
    person: str


@dataclass(frozen=True, kw_only=True)
class JudgeNominated(_Candidate, Message, type="events.judge_nominated"):
    """Somebody may be drawn as a judge of an edition."""


@dataclass(frozen=True, kw_only=True)
class ConflictDeclared(_Candidate, Message, type="events.conflict_declared"):
    """A conflict of interest was declared, by the candidate or against them by the organisers."""

    by_judge: bool


@dataclass(frozen=True, kw_only=True)
class CandidateWithdrew(_Candidate, Message, type="events.candidate_withdrew"):
    """The candidate can no longer be drawn."""


@dataclass(frozen=True, kw_only=True)
class JudgesAssigned(AboutDraw, Message, type="events.judges_assigned"):
    """Every work has its judges; nobody has fewer than `least` works or more than `most`."""

    works: int
    judges: int
    least: int
    most: int


@dataclass(frozen=True, kw_only=True)
class _Seat(AboutStage):
    """What every message about a seat on a panel says; `person` is the judge."""

    seat_id: str
    person: str


@dataclass(frozen=True, kw_only=True)
class JudgeDrawn(_Seat, Message, type="events.judge_drawn"):
    """Somebody was drawn as a judge, or is the next in the order after somebody who left."""


@dataclass(frozen=True, kw_only=True)
class SeatAccepted(_Seat, Message, type="events.seat_accepted"):
    """The judge takes the seat."""


@dataclass(frozen=True, kw_only=True)
class SeatDeclined(_Seat, Message, type="events.seat_declined"):
    """The judge does not take the seat; with `vacant`, nobody takes it instead."""

    vacant: bool


@dataclass(frozen=True, kw_only=True)
class WorksAssigned(_Seat, Message, type="events.works_assigned"):
    """A judge has works to judge: this many, or this many more where they step in for somebody."""

    works: int


@dataclass(frozen=True, kw_only=True)
class JudgeReplaced(_Seat, Message, type="events.judge_replaced"):
    """A judge left a seat in an emergency: `moved` works that were not judged yet went to others.

    With `vacant`, nobody took the seat: the other judges share these works.
    """

    moved: int
    vacant: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class JudgeReleased(_Seat, Message, type="events.judge_released"):
    """Somebody is no longer a judge: they were replaced, or the draw that gave them the seat was cancelled."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class WorksHandedOn(_Seat, Message, type="events.works_handed_on"):
    """A judge who has declared a conflict has `moved` works less, which others on the panel judge.

    `left` works are still theirs because nobody else can take them, and `judged` they had judged before.
    """

    moved: int
    left: int
    judged: int


class CandidateKnown(Refusal):
    code = "CANDIDATE_KNOWN"
    zh = "该人员已在本届赛事的评委库中。"
    en = "This person is a candidate of this competition already."


class CandidateGone(Refusal):
    code = "CANDIDATE_GONE"
    zh = "该候选评委已经退出。"
    en = "This candidate has withdrawn already."


class ConflictKnown(Refusal):
    code = "CONFLICT_KNOWN"
    zh = "该利益关系已经申报。"
    en = "This conflict of interest has been declared already."


class SeatHeld(Refusal):
    code = "SEAT_HELD"
    zh = "该评委正在评审组中，请先谢绝席位或由主办方更换。"
    en = "This judge holds a seat on a panel; decline it, or have the organisers replace the judge, first."


class SeatStands(Refusal):
    """The step does not lead on from where the seat stands."""

    code = "SEAT_STANDS"
    zh = "席位当前状态（{status}）下不能进行该操作。"
    en = "This cannot be done while the status of the seat is {status}."


class SeatsUnanswered(Refusal):
    code = "SEATS_UNANSWERED"
    zh = "还有 {seats} 位评委没有确认席位。"
    en = "{seats} judges have not answered yet."


class AssignedAlready(Refusal):
    code = "ASSIGNED_ALREADY"
    zh = "评审任务已经分配。"
    en = "The works have been assigned already."


class NothingToJudge(Refusal):
    code = "NOTHING_TO_JUDGE"
    zh = "该赛段没有参赛项目。"
    en = "Nothing competes in this stage."


class JudgesLacking(Refusal):
    """A number only: while judging is blind, an institution named here could tell whose works a judge has."""

    code = "JUDGES_LACKING"
    zh = "部分参赛项目因回避等原因缺少评委，共缺 {missing} 人次；请查看利益关系清单，并重新抽取评审组。"
    en = "Some entries lack judges without a conflict: {missing} judgements in all. See the conflicts, and draw another panel."


class RoomLacking(Refusal):
    code = "ROOM_LACKING"
    zh = "评委的评审量上限合计 {room} 件次，需要 {needed} 件次。"
    en = "The judges together take {room} judgements, and {needed} are needed."


class SolverOutOfTime(Refusal):
    code = "SOLVER_OUT_OF_TIME"
    zh = "在 {seconds} 秒内没有算出分配方案。"
    en = "No assignment was found within {seconds} seconds."
