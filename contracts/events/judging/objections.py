"""What events says and refuses about objections (异议): filed, heard by a panel, decided, and remedied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice
from contracts.events.editions.stages import AboutStage


class Locus(Choice):
    """In what capacity somebody objects (异议资格)."""

    REPRESENTATIVE = "representative", "As a representative of the entry's institution."  # 单位代表
    DELEGATION_LEADER = "delegation_leader", "As the leader of the delegation of the entry's province."  # 领队
    PROVINCE_OFFICE = "province_office", "As the education office of the entry's province."  # 省级教育行政部门


class Ground(Choice):
    """The grounds of an objection."""

    PROCEDURE = "procedure", "The procedure was not kept to."  # 程序问题
    ELIGIBILITY = "eligibility", "Somebody was not allowed to compete."  # 参赛资格
    SCORING_ERROR = "scoring_error", "There is an error in the scoring."  # 计分差错
    CONFLICT_OF_INTEREST = "conflict_of_interest", "A judge has a conflict of interest."  # 利益冲突
    JUDGEMENT = "judgement", "The work was judged wrongly."  # 评分判断


GROUND_WORDS = {
    Ground.PROCEDURE: ("程序问题", "procedure"),
    Ground.ELIGIBILITY: ("参赛资格", "eligibility"),
    Ground.SCORING_ERROR: ("计分差错", "an error in the scoring"),
    Ground.CONFLICT_OF_INTEREST: ("利益冲突", "a conflict of interest"),
    Ground.JUDGEMENT: ("评分判断", "the judgement of the work"),
}
"""Each ground in Chinese and English."""


class ObjectionStatus(Choice):
    """The status of an objection; it is open until it is dismissed, withdrawn, remedied or left without remedy."""

    FILED = "filed", "It was filed, and has no panel yet."  # 已受理
    SEATED = "seated", "A panel was drawn, which is to decide."  # 已组成仲裁组
    UPHELD = "upheld", "The panel has upheld it, and the remedy is still to come."  # 异议成立，待处理
    DISMISSED = "dismissed", "The panel has dismissed it."  # 驳回
    WITHDRAWN = "withdrawn", "Who filed it has taken it back."  # 撤回
    REMEDIED = "remedied", "It was upheld, and a new version of the result was announced."  # 已更正
    UNREMEDIED = "unremedied", "It was upheld, and the result stays as it was."  # 异议成立，成绩不变


class Bar(StrEnum):
    """Why an arbitrator may not sit on a panel."""

    NO_GRANT = "no_grant"  # 不再是仲裁员
    OBJECTOR = "objector"  # 异议人本人
    SIGNER = "signer"  # 提出或复核过该成绩
    JUDGE = "judge"  # 该赛段评委
    CONTESTANT = "contestant"  # 本人参赛
    ADVISER = "adviser"  # 本人指导
    SAME_INSTITUTION = "same_institution"  # 同一单位
    SAME_DELEGATION = "same_delegation"  # 同一代表队
    DECLARED = "declared"  # 已申报


@dataclass(frozen=True, kw_only=True)
class AboutObjection(AboutStage):
    """What every message about an objection says; what was written in it stays with those who hear it.

    `person` is who objected, as what `standing` says; `organization` and `province` are those of the entry that the
    objection is about.
    """

    objection_id: str
    result_id: str
    ground: str
    person: str
    standing: str
    organization: Named
    province: str


@dataclass(frozen=True, kw_only=True)
class ObjectionFiled(AboutObjection, Message, type="events.objection_filed"):
    """Somebody objects to a result, which the public no longer sees; a decision is due at `decision_due_at`."""

    decision_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ObjectionWithdrawn(AboutObjection, Message, type="events.objection_withdrawn"):
    """The objection was taken back by who had filed it."""


@dataclass(frozen=True, kw_only=True)
class ArbitratorsSeated(AboutObjection, Message, type="events.arbitrators_seated"):
    """These people decide on the objection: a new panel, or who takes an empty seat of one."""

    decision_due_at: datetime
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class ObjectionDue(AboutObjection, Message, type="events.objection_due"):
    """A decision will soon be due; `people` sit on the panel and have not voted."""

    decision_due_at: datetime
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class ObjectionLate(AboutObjection, Message, type="events.objection_late"):
    """The time for a decision has passed; `people` sit on the panel and have not voted."""

    decision_due_at: datetime
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided(AboutObjection, Message, type="events.objection_decided"):
    """The panel has decided; what is upheld waits for its remedy."""

    upheld: bool
    remedy_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RemedyDue(AboutObjection, Message, type="events.remedy_due"):
    """The remedy of an upheld objection will soon be due; `people` sit on the panel that sees to it."""

    remedy_due_at: datetime
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class RemedyLate(AboutObjection, Message, type="events.remedy_late"):
    """The time for the remedy of an upheld objection has passed; `people` sit on the panel that should see to it."""

    remedy_due_at: datetime
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class PanelReplaced(AboutObjection, Message, type="events.panel_replaced"):
    """These `people` were late and sit on the panel no longer; who follows is told as a new panel is."""

    people: list[str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class ObjectionRemedied(AboutObjection, Message, type="events.objection_remedied"):
    """An upheld objection is closed: by a new version of the result, or with `reason` without one."""

    remedied: bool
    reason: str


class ObjectionsClosed(Refusal):
    code = "OBJECTIONS_CLOSED"
    zh = "当前不在异议受理时间内。"
    en = "Objections to this result are not taken now."


class NoStanding(Refusal):
    code = "NO_STANDING"
    zh = "您无权就该参赛项目提出异议。"
    en = "You have no standing to object about this entry."


class GroundNotAdmitted(Refusal):
    code = "GROUND_NOT_ADMITTED"
    zh = "本赛事规程不受理该理由的异议。"
    en = "The rules of this competition do not admit objections on this ground."


class ObjectionKnown(Refusal):
    code = "OBJECTION_KNOWN"
    zh = "已就该参赛项目以同一理由提出过异议。"
    en = "An objection about this entry on this ground has been filed already."


class TooManyObjections(Refusal):
    code = "TOO_MANY_OBJECTIONS"
    zh = "每个代表队最多提出 {most} 项异议。"
    en = "A delegation may file {most} objections to a result."


class ObjectionStands(Refusal):
    """The step does not lead on from where the objection stands."""

    code = "OBJECTION_STANDS"
    zh = "异议当前状态（{status}）下不能进行该操作。"
    en = "This cannot be done while the status of the objection is {status}."


class ArbitratorKnown(Refusal):
    code = "ARBITRATOR_KNOWN"
    zh = "该人员已登记为仲裁员。"
    en = "This person is registered as an arbitrator already."


class TooFewArbitrators(Refusal):
    code = "TOO_FEW_ARBITRATORS"
    zh = "没有利益冲突的仲裁员不足：需要 {needed} 名，只有 {found} 名。"
    en = "There are too few arbitrators without a conflict: {needed} are needed, {found} were found."


class PanelNotLate(Refusal):
    code = "PANEL_NOT_LATE"
    zh = "仲裁组尚未逾期，不能整体更换；如须更换个别仲裁员，请用 replaceArbitrator 提请两人办理。"
    en = "This panel is not late; to replace one arbitrator before that, move it with replaceArbitrator."


class NotSeated(Refusal):
    code = "NOT_SEATED"
    zh = "您不在该异议的仲裁组中。"
    en = "You do not sit on the panel of this objection."


class AlreadyVoted(Refusal):
    code = "ALREADY_VOTED"
    zh = "该席位已经投票。"
    en = "This seat has voted already."
