"""What events says and refuses about judges: who may judge, whom the draw seats, and who judges how much."""

from __future__ import annotations

from enum import StrEnum


class CandidateStatus(StrEnum):
    """Where a candidate stands."""

    NOMINATED = "nominated"  # 已入库
    WITHDRAWN = "withdrawn"  # 已退出


class DrawStatus(StrEnum):
    """Where a draw stands."""

    COMMITTING = "committing"  # 待双方承诺
    FROZEN = "frozen"  # 名单已冻结，待揭示
    DRAWN = "drawn"  # 已抽签
    CANCELLED = "cancelled"  # 已作废


class Party(StrEnum):
    """The two who draw together."""

    ORGANIZER = "organizer"  # 主办方
    SUPERVISOR = "supervisor"  # 监督方


class SeatStatus(StrEnum):
    """Where a seat on a panel stands."""

    DRAWN = "drawn"  # 已抽中，待确认
    ACCEPTED = "accepted"  # 已接受
    DECLINED = "declined"  # 已谢绝
    REPLACED = "replaced"  # 已更换
    CANCELLED = "cancelled"  # 抽签已作废


class Departure(StrEnum):
    """Why somebody on the roster of a draw no longer counts."""

    WITHDRAWN = "withdrawn"  # 退出评委库
    DECLINED = "declined"  # 谢绝
    REPLACED = "replaced"  # 紧急更换
    PASSED_OVER = "passed_over"  # 须回避


class ConflictKind(StrEnum):
    """Why somebody may not judge an entry."""

    CONTESTANT = "contestant"  # 本人参赛
    ADVISER = "adviser"  # 本人指导
    SAME_INSTITUTION = "same_institution"  # 同一单位
    SAME_DELEGATION = "same_delegation"  # 同一代表队
    DECLARED = "declared"  # 已申报


class TieKind(StrEnum):
    """What ties a judge to an institution, a province or an entry, or an entry to an institution or a province."""

    NOMINATED_FROM = "nominated_from"
    WORKED_AT = "worked_at"
    REPRESENTS = "represents"
    ADVISED_FOR = "advised_for"
    COMPETED_FOR = "competed_for"
    LEADS = "leads"
    IN_OFFICE_OF = "in_office_of"
    ADVISES = "advises"
    COMPETES_IN = "competes_in"
    DECLARED_BY_JUDGE = "declared_by_judge"
    DECLARED_BY_ORGANIZER = "declared_by_organizer"
    ENTERED_BY = "entered_by"
    MEMBER_FROM = "member_from"
    OF_DELEGATION = "of_delegation"


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
class _Draw(AboutStage):
    """What every message about a draw says."""

    draw_id: str


@dataclass(frozen=True, kw_only=True)
class CommitmentMade(_Draw, Message, type="events.commitment_made"):
    """One of the two parties has handed in its commitment; the other one is to follow."""

    party: str
    commitment: str


@dataclass(frozen=True, kw_only=True)
class DrawCommitted(_Draw, Message, type="events.draw_committed"):
    """Both commitments are in, and the roster is frozen: this many candidates, with this SHA-256."""

    candidates: int
    roster_digest: str


@dataclass(frozen=True, kw_only=True)
class SecretRevealed(_Draw, Message, type="events.secret_revealed"):
    """One of the two parties has revealed its secret, which stays hidden until the other one has too."""

    party: str


@dataclass(frozen=True, kw_only=True)
class PanelDrawn(_Draw, Message, type="events.panel_drawn"):
    """Both secrets are revealed; with the seed that follows from them this many judges were drawn."""

    seats: int
    seed: str


@dataclass(frozen=True, kw_only=True)
class DrawCancelled(_Draw, Message, type="events.draw_cancelled"):
    """The draw does not count; it stays to be seen, with the reason."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class JudgesAssigned(_Draw, Message, type="events.judges_assigned"):
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
    """The judge does not take the seat; with `vacant`, nobody is left in the order who could."""

    vacant: bool


@dataclass(frozen=True, kw_only=True)
class WorksAssigned(_Seat, Message, type="events.works_assigned"):
    """A judge has works to judge: this many, or this many more where they step in for somebody."""

    works: int


@dataclass(frozen=True, kw_only=True)
class JudgeReplaced(_Seat, Message, type="events.judge_replaced"):
    """A judge gave up a seat in an emergency: `moved` works that were not judged yet went to others."""

    moved: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class JudgeReleased(_Seat, Message, type="events.judge_released"):
    """The draw that gave this seat was cancelled."""


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


class StageNotRunning(Refusal):
    code = "STAGE_NOT_RUNNING"
    zh = "该赛段不在进行中。"
    en = "This stage is not running."


class DrawStands(Refusal):
    """The step does not lead on from where the draw stands."""

    code = "DRAW_STANDS"
    zh = "抽签当前状态（{status}）下不能进行该操作。"
    en = "This cannot be done while the draw stands at {status}."


class PartyCommitted(Refusal):
    code = "PARTY_COMMITTED"
    zh = "该方已经提交承诺值。"
    en = "This party has handed in its commitment already."


class OtherPersonNeeded(Refusal):
    code = "OTHER_PERSON_NEEDED"
    zh = "主办方与监督方须由两人分别承诺。"
    en = "The organisers and the supervisor must be two different people."


class CommitmentRepeated(Refusal):
    code = "COMMITMENT_REPEATED"
    zh = "承诺值与另一方相同。"
    en = "This is the commitment of the other party."


class RosterTooSmall(Refusal):
    """Fewer seats than the rules want can be filled from the roster, whatever the draw."""

    code = "ROSTER_TOO_SMALL"
    zh = "候选评委不足：按规则只能抽出 {found} 席，需要 {needed} 席。"
    en = "There are too few candidates: the rules let {found} seats be filled, and {needed} are needed."


class RevealWrong(Refusal):
    code = "REVEAL_WRONG"
    zh = "秘密与随机数和此前的承诺值不符。"
    en = "Secret and nonce do not match the commitment."


class AlreadyRevealed(Refusal):
    code = "ALREADY_REVEALED"
    zh = "您已经揭示。"
    en = "You have revealed your secret already."


class SeatStands(Refusal):
    """The step does not lead on from where the seat stands."""

    code = "SEAT_STANDS"
    zh = "席位当前状态（{status}）下不能进行该操作。"
    en = "This cannot be done while the seat stands at {status}."


class SeatsUnanswered(Refusal):
    code = "SEATS_UNANSWERED"
    zh = "还有 {seats} 位评委没有确认席位。"
    en = "{seats} judges have not answered yet."


class AssignedAlready(Refusal):
    code = "ASSIGNED_ALREADY"
    zh = "评审任务已经分配。"
    en = "The works have been assigned already."


class NotAssigned(Refusal):
    code = "NOT_ASSIGNED"
    zh = "评审任务尚未分配。"
    en = "The works have not been assigned yet."


class NothingToJudge(Refusal):
    code = "NOTHING_TO_JUDGE"
    zh = "该赛段没有参赛项目。"
    en = "Nothing competes in this stage."


class JudgesLacking(Refusal):
    """Named by the institution that entered, for codes must not be joined with entries."""

    code = "JUDGES_LACKING"
    zh = "{organization_zh}等单位的参赛项目因回避等原因缺少评委：共缺 {missing} 人次。"
    en = "Entries of {organization} and maybe others lack judges without a conflict: {missing} judgements in all."


class RoomLacking(Refusal):
    code = "ROOM_LACKING"
    zh = "评委的评审量上限合计 {room} 件次，需要 {needed} 件次。"
    en = "The judges together take {room} judgements, and {needed} are needed."


class SolverOutOfTime(Refusal):
    code = "SOLVER_OUT_OF_TIME"
    zh = "在 {seconds} 秒内没有算出分配方案。"
    en = "No assignment was found within {seconds} seconds."
