"""Rules: each message tells exactly those whom the table names, once, and can be read in both languages."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from contracts.alliances.merging.mergers import MergeGround, OrganizationsMerged, OrganizationsUnmerged
from contracts.authority import Role, Scope
from contracts.base import Message, Named
from contracts.events.admission.entries import EntriesClosed, EntrySubmitted, EntryWithdrawn
from contracts.events.admission.quotas import PlacesAllocated
from contracts.events.admission.waiting import EntryWaiting, OfferAccepted, OfferLapsed, OfferMade, WaitingEnded
from contracts.events.attachments.attachments import AttachmentAdded, AttachmentRemoved, AttachmentReplaced
from contracts.events.editions.cancelling import CompetitionCancelled, CompetitionReinstated
from contracts.events.editions.competitions import (
    CompetitionPostponed,
    CompetitionRenamed,
    EntryWindowMoved,
    RulesAmended,
)
from contracts.events.editions.phases import PhaseMoved
from contracts.events.editions.presentations import VenueMoved
from contracts.events.fixtures.fixtures import FixtureCancelled, FixtureMoved, FixturesScheduled
from contracts.events.judging.blinding import CodesOpened, OpeningRequested
from contracts.events.judging.draws import CommitmentMade, DrawCancelled, DrawCommitted, PanelDrawn, SecretRevealed
from contracts.events.judging.judges import (
    CandidateWithdrew,
    ConflictDeclared,
    JudgeDrawn,
    JudgeNominated,
    JudgeReleased,
    JudgeReplaced,
    JudgesAssigned,
    SeatDeclined,
    WorksAssigned,
)
from contracts.events.judging.motions import MotionAct, MotionLapsed, MotionProposed, MotionWithdrawn
from contracts.events.judging.objections import (
    ArbitratorsSeated,
    ObjectionDecided,
    ObjectionDue,
    ObjectionFiled,
    ObjectionLate,
    ObjectionRemedied,
    ObjectionWithdrawn,
)
from contracts.events.judging.rejudging import RejudgingOpened
from contracts.events.judging.results import (
    EntriesAdvanced,
    ProposalWithdrawn,
    ResultAnnounced,
    ResultFinal,
    ResultProposed,
)
from contracts.events.judging.scoring import SheetReturned, SheetsDue, SheetsLate, SheetsLocked
from contracts.events.judging.works import WorkSubmitted
from contracts.events.recognition.awards import AwardKind, AwardWithdrawn, CertificatesReady, WithdrawalGround
from contracts.projects.cooperation.agreements import (
    InvitationsLapsed,
    ParticipantsInvited,
    ParticipationAccepted,
    ParticipationDeclined,
    ParticipationWithdrawn,
    ProjectOpened,
)
from contracts.projects.planning.plans import ItemAssigned, PlanImported
from kit.ids import new_id
from kit.wire.envelope import Envelope
from services.notify.rules.table import RULES
from services.notify.telling.reasons import Addressed, Reason
from tests.services.notify.notify_hub import (
    ALLIANCE,
    COMPETITION,
    HUANGSHAN,
    NOW,
    OFFICE,
    QUZHOU,
    SERIES,
    NotifyHub,
    envelope,
    granted,
    membership,
    published,
    represents,
    revoked,
)
from tests.services.notify.rules.stored import full

TRACK = Named(id=new_id(), zh="小学组", en="Primary schools")


@dataclass(frozen=True)
class Case:
    """A message, who is told of it, and what the reader finds in the Chinese title."""

    fact: Envelope
    told: tuple[str, ...]
    title: str


def _entry(kind: type[Message], **facts: object) -> Envelope:
    said = {"entry_id": new_id(), "competition": COMPETITION, "track": TRACK, "organization": HUANGSHAN}
    return envelope(kind(**said, **facts, province="340000", edition=14, series_id=SERIES))


def _work() -> Envelope:
    said = {"work_id": new_id(), "number": 2, "entry_id": new_id(), "stage_id": new_id(), "province": "340000"}
    where = {"competition": COMPETITION, "track": TRACK, "edition": 14, "series_id": SERIES}
    return envelope(WorkSubmitted(**said, **where, organization=HUANGSHAN))


def _closed() -> Envelope:
    window = {"opens_at": NOW, "closes_at": NOW, "edition": 14, "entries": 3, "series_id": SERIES}
    return envelope(EntriesClosed(competition=COMPETITION, alliance_id=ALLIANCE.id, **window))


def _assigned() -> Envelope:
    item = {"item_id": new_id(), "item_key": "1", "item_text": "开展一次对接活动"}
    named = [HUANGSHAN.id, QUZHOU.id]
    return envelope(ItemAssigned(plan_id=new_id(), plan_title="年度工作要点", **item, organization_ids=named))


def _opened() -> Envelope:
    said = {"project_id": new_id(), "title": "共享实训课程", "item_id": None, "lead_organization": HUANGSHAN}
    return envelope(ProjectOpened(**said, participant_ids=[HUANGSHAN.id, QUZHOU.id]))


def _asked(message: type[Message], **facts: object) -> Envelope:
    return envelope(message(project_id=new_id(), title="共享实训课程", lead_organization=HUANGSHAN, **facts))


def _imported() -> Envelope:
    return envelope(PlanImported(plan_id=new_id(), title="年度工作要点", issuer=None, items=31, public=True))


def _certificates(message: type[Message], **facts: object) -> Envelope:
    where = {"competition": COMPETITION, "edition": 14, "series_id": SERIES, "track": TRACK, "round": None}
    return envelope(message(**where, organization=HUANGSHAN, **facts))


def _award_withdrawn() -> Envelope:
    prize = {"award_id": new_id(), "kind": AwardKind.ENTRY, "prize": Named(id="first", zh="一等奖", en="First Prize")}
    why = {"ground": WithdrawalGround.MISCONDUCT, "reason": "x", "province": "340000"}
    return _certificates(AwardWithdrawn, **prize, **why)


def _fixture(message: type[Message], **facts: object) -> Envelope:
    where = {"stage_id": new_id(), "competition": COMPETITION, "track": TRACK, "edition": 14, "series_id": SERIES}
    told = [HUANGSHAN.id, QUZHOU.id]
    held = Named(id=new_id(), zh="决赛", en="Final")
    return envelope(message(**where, round=held, organization_ids=told, **facts))


def _judged(message: type[Message], **facts: object) -> Envelope:
    where = {"stage_id": new_id(), "competition": COMPETITION, "track": TRACK, "edition": 14, "series_id": SERIES}
    return envelope(message(**where, round=Named(id=new_id(), zh="决赛", en="Final"), **facts))


def _merger(message: type[Message], **facts: object) -> Envelope:
    pair = {"survivor": HUANGSHAN, "other": QUZHOU, "ground": MergeGround.DUPLICATE}
    return envelope(message(merger_id=new_id(), **pair, merged_at=NOW.replace(minute=30), **facts))


def _moved(message: type[Message], **facts: object) -> Envelope:
    return _judged(message, motion_id=new_id(), act=MotionAct.REPLACE_JUDGE, about_id=new_id(), **facts)


def _candidate(message: type[Message], **facts: object) -> Envelope:
    where = {"candidate_id": new_id(), "competition": COMPETITION, "edition": 14, "series_id": SERIES}
    return envelope(message(**where, person="judge", **facts))


def _amended() -> Envelope:
    window = {"opens_at": NOW, "closes_at": NOW, "edition": 14, "series_id": SERIES, "alliance_id": None}
    said = {"rules_version": 2, "reason": "x", "organization_ids": [HUANGSHAN.id]}
    return envelope(RulesAmended(competition=COMPETITION, **window, **said))


def _corrected(message: type[Message], **said: object) -> Envelope:
    window = {"opens_at": NOW, "closes_at": NOW, "edition": 14, "series_id": SERIES, "alliance_id": None}
    return envelope(message(competition=COMPETITION, **window, **said, reason="x", organization_ids=[HUANGSHAN.id]))


_EVERYBODY = {"provinces": ["340000"], "people": ["judge"]}


def _moved_phase() -> Envelope:
    held = {"phase_id": new_id(), "kind": "judging", "round": Named(id=new_id(), zh="决赛", en="Final")}
    window = {"opens_at": NOW, "closes_at": NOW, "edition": 14, "series_id": SERIES}
    said = {"reason": "x", "organization_ids": [QUZHOU.id]}
    return envelope(PhaseMoved(competition=COMPETITION, **held, **window, **said))


def _allocated() -> Envelope:
    where = {"quota_id": new_id(), "competition": COMPETITION, "track": TRACK, "edition": 14, "series_id": SERIES}
    said = {"province": "340000", "places": 3, "organization_ids": [HUANGSHAN.id], "provinces": []}
    return envelope(PlacesAllocated(**where, **said))


_RESULT = {"result_id": new_id(), "number": 1, "digest": "00"}
_NOTICE = {"notice_ends_at": NOW, "objections_until": NOW}
_NEXT = {"next_stage_id": new_id(), "next_round": Named(id=new_id(), zh="总决赛", en="Grand final")}
_OBJECTION = {
    "objection_id": new_id(),
    "result_id": new_id(),
    "ground": "procedure",
    "person": "huangshan",
    "standing": "representative",
    "organization": HUANGSHAN,
    "province": "340000",
}
_MATCH = {"fixture_id": new_id(), "number": 7, "home": HUANGSHAN, "away": None}


CASES = {
    "membership_applied_for": Case(membership("MembershipAppliedFor"), ("secretary",), "入盟申请待审核：黄山学院"),
    "member_invited": Case(membership("MemberInvited"), ("huangshan",), "诚邀加入：长三角高校技术转移联盟"),
    "member_admitted": Case(membership("MemberAdmitted"), ("huangshan",), "欢迎加入：长三角高校技术转移联盟"),
    "membership_declined": Case(
        membership("MembershipDeclined", reason="材料尚需补充"),
        ("huangshan",),
        "入盟申请未获接纳：长三角高校技术转移联盟",
    ),
    "invitation_declined": Case(
        membership("InvitationDeclined", reason="人手不足"), ("secretary",), "邀请未获接受：黄山学院"
    ),
    "member_suspended": Case(membership("MemberSuspended", reason="x"), ("huangshan",), "成员资格暂停：黄山学院"),
    "member_resumed": Case(membership("MemberResumed"), ("huangshan",), "成员资格恢复：黄山学院"),
    "member_withdrawn": Case(membership("MemberWithdrawn"), ("secretary",), "成员退出：黄山学院"),
    "member_expelled": Case(membership("MemberExpelled", reason="x"), ("huangshan",), "成员资格终止：黄山学院"),
    "membership_merged": Case(membership("MembershipMerged"), ("secretary",), "成员单位合并：黄山学院"),
    "membership_unmerged": Case(membership("MembershipUnmerged"), ("secretary",), "成员单位合并已撤销：黄山学院"),
    "organizations_merged": Case(_merger(OrganizationsMerged), ("huangshan", "quzhou"), "单位已合并：黄山学院"),
    "organizations_unmerged": Case(
        _merger(OrganizationsUnmerged, unmerged_at=NOW, reason="x"),
        ("huangshan", "quzhou"),
        "单位合并已撤销：衢州职业技术学院",
    ),
    "competition_published": Case(published(), ("quzhou",), "赛事发布：长三角地区中小学班主任基本功大赛"),
    "entry_submitted": Case(
        _entry(EntrySubmitted), ("huangshan", "organizer"), "报名已提交：长三角地区中小学班主任基本功大赛"
    ),
    "entry_withdrawn": Case(
        _entry(EntryWithdrawn), ("huangshan", "organizer"), "报名已撤回：长三角地区中小学班主任基本功大赛"
    ),
    "work_submitted": Case(_work(), ("huangshan",), "作品已提交：长三角地区中小学班主任基本功大赛"),
    "entry_waiting": Case(
        _entry(EntryWaiting), ("huangshan", "leader"), "已进入候补：长三角地区中小学班主任基本功大赛"
    ),
    "offer_made": Case(
        _entry(OfferMade, offered_until=NOW), ("huangshan", "leader"), "有名额待确认：长三角地区中小学班主任基本功大赛"
    ),
    "offer_accepted": Case(
        _entry(OfferAccepted), ("huangshan", "organizer"), "候补已转为正式报名：长三角地区中小学班主任基本功大赛"
    ),
    "offer_lapsed": Case(
        _entry(OfferLapsed), ("huangshan", "leader"), "递补名额已失效：长三角地区中小学班主任基本功大赛"
    ),
    "waiting_ended": Case(
        _entry(WaitingEnded), ("huangshan", "leader"), "候补已结束：长三角地区中小学班主任基本功大赛"
    ),
    "entries_closed": Case(_closed(), ("organizer",), "报名已截止：长三角地区中小学班主任基本功大赛"),
    "competition_renamed": Case(
        _corrected(CompetitionRenamed, before=COMPETITION, after=COMPETITION),
        ("huangshan",),
        "赛事更名：长三角地区中小学班主任基本功大赛",
    ),
    "entry_window_moved": Case(
        _corrected(EntryWindowMoved), ("huangshan",), "报名时间调整：长三角地区中小学班主任基本功大赛"
    ),
    "competition_postponed": Case(
        _corrected(CompetitionPostponed, days=3), ("huangshan",), "赛事延期：长三角地区中小学班主任基本功大赛"
    ),
    "competition_cancelled": Case(
        _corrected(CompetitionCancelled, **_EVERYBODY, entries=3, reinstatable_until=NOW),
        ("huangshan", "judge", "leader", "supervisor"),
        "赛事取消：长三角地区中小学班主任基本功大赛",
    ),
    "competition_reinstated": Case(
        _corrected(CompetitionReinstated, **_EVERYBODY),
        ("huangshan", "judge", "leader", "supervisor"),
        "赛事恢复：长三角地区中小学班主任基本功大赛",
    ),
    "venue_moved": Case(
        _corrected(VenueMoved, **_EVERYBODY, venue=Named(id=new_id(), zh="体育场", en="x"), address="x"),
        ("huangshan", "judge", "leader", "supervisor"),
        "赛场变更：长三角地区中小学班主任基本功大赛",
    ),
    "attachment_added": Case(
        _corrected(AttachmentAdded, attachment=COMPETITION, file="x.pdf"),
        ("huangshan",),
        "新增附件：长三角地区中小学班主任基本功大赛",
    ),
    "attachment_replaced": Case(
        _corrected(AttachmentReplaced, attachment=COMPETITION, file="x.pdf", number=2),
        ("huangshan",),
        "附件更新：长三角地区中小学班主任基本功大赛",
    ),
    "attachment_removed": Case(
        _corrected(AttachmentRemoved, attachment=COMPETITION),
        ("huangshan",),
        "附件删除：长三角地区中小学班主任基本功大赛",
    ),
    "rules_amended": Case(_amended(), ("huangshan",), "竞赛规程已修订：长三角地区中小学班主任基本功大赛"),
    "phase_moved": Case(_moved_phase(), ("quzhou",), "时间调整：长三角地区中小学班主任基本功大赛"),
    "places_allocated": Case(_allocated(), ("huangshan",), "名额已分配：长三角地区中小学班主任基本功大赛"),
    "certificates_ready": Case(
        _certificates(CertificatesReady, certificates=3),
        ("huangshan",),
        "证书已可领取：长三角地区中小学班主任基本功大赛",
    ),
    "award_withdrawn": Case(_award_withdrawn(), ("huangshan",), "奖项已撤销：长三角地区中小学班主任基本功大赛"),
    "fixtures_scheduled": Case(
        _fixture(FixturesScheduled, fixtures=16, starts_at=NOW, ends_at=NOW),
        ("huangshan", "quzhou"),
        "赛程公布：长三角地区中小学班主任基本功大赛",
    ),
    "fixture_moved": Case(
        _fixture(FixtureMoved, **_MATCH, starts_at=NOW, venue=Named(id=new_id(), zh="体育场", en="x"), reason="台风"),
        ("huangshan", "quzhou"),
        "比赛改期：长三角地区中小学班主任基本功大赛",
    ),
    "fixture_cancelled": Case(
        _fixture(FixtureCancelled, **_MATCH, starts_at=None, reason="台风"),
        ("huangshan", "quzhou"),
        "比赛取消：长三角地区中小学班主任基本功大赛",
    ),
    "judge_nominated": Case(
        _candidate(JudgeNominated),
        ("judge",),
        "已列入评委库：长三角地区中小学班主任基本功大赛",
    ),
    "conflict_declared": Case(
        _candidate(ConflictDeclared, by_judge=True),
        ("organizer",),
        "利益关系已申报：长三角地区中小学班主任基本功大赛",
    ),
    "candidate_withdrew": Case(
        _candidate(CandidateWithdrew),
        (
            "judge",
            "organizer",
        ),
        "候选评委退出：长三角地区中小学班主任基本功大赛",
    ),
    "commitment_made": Case(
        _judged(CommitmentMade, draw_id=new_id(), party="organizer", commitment="00"),
        (
            "organizer",
            "supervisor",
        ),
        "抽签承诺已提交：长三角地区中小学班主任基本功大赛",
    ),
    "draw_committed": Case(
        _judged(DrawCommitted, draw_id=new_id(), candidates=40, roster_digest="00"),
        (
            "organizer",
            "supervisor",
        ),
        "抽签名单已冻结：长三角地区中小学班主任基本功大赛",
    ),
    "secret_revealed": Case(
        _judged(SecretRevealed, draw_id=new_id(), party="organizer"),
        (
            "organizer",
            "supervisor",
        ),
        "抽签待另一方揭示：长三角地区中小学班主任基本功大赛",
    ),
    "panel_drawn": Case(
        _judged(PanelDrawn, draw_id=new_id(), seats=24, seed="00"),
        (
            "organizer",
            "supervisor",
        ),
        "评委已抽出：长三角地区中小学班主任基本功大赛",
    ),
    "draw_cancelled": Case(
        _judged(DrawCancelled, draw_id=new_id(), reason="名单有误"),
        (
            "organizer",
            "supervisor",
        ),
        "抽签作废：长三角地区中小学班主任基本功大赛",
    ),
    "judge_drawn": Case(
        _judged(JudgeDrawn, seat_id=new_id(), person="judge"),
        ("judge",),
        "您被抽为评委：长三角地区中小学班主任基本功大赛",
    ),
    "judge_released": Case(
        _judged(JudgeReleased, seat_id=new_id(), person="judge", reason="急病"),
        ("judge",),
        "评审任务结束：长三角地区中小学班主任基本功大赛",
    ),
    "seat_declined": Case(
        _judged(SeatDeclined, seat_id=new_id(), person="judge", vacant=False),
        ("organizer",),
        "评委谢绝席位：长三角地区中小学班主任基本功大赛",
    ),
    "judges_assigned": Case(
        _judged(JudgesAssigned, draw_id=new_id(), works=240, judges=24, least=30, most=30),
        (
            "organizer",
            "supervisor",
        ),
        "评审任务已分配：长三角地区中小学班主任基本功大赛",
    ),
    "works_assigned": Case(
        _judged(WorksAssigned, seat_id=new_id(), person="judge", works=30),
        ("judge",),
        "评审任务：长三角地区中小学班主任基本功大赛",
    ),
    "judge_replaced": Case(
        _judged(JudgeReplaced, seat_id=new_id(), person="nobody here", moved=3, vacant=False, reason="急病"),
        ("organizer", "supervisor"),
        "评委已更换：长三角地区中小学班主任基本功大赛",
    ),
    "motion_proposed": Case(
        _moved(MotionProposed, reason="急病", digest="a" * 64, lapses_at=NOW),
        ("organizer", "supervisor"),
        "有提请待复核：长三角地区中小学班主任基本功大赛",
    ),
    "motion_withdrawn": Case(
        _moved(MotionWithdrawn),
        ("organizer", "supervisor"),
        "提请已撤回：长三角地区中小学班主任基本功大赛",
    ),
    "motion_lapsed": Case(
        _moved(MotionLapsed),
        ("organizer", "supervisor"),
        "提请已失效：长三角地区中小学班主任基本功大赛",
    ),
    "sheet_returned": Case(
        _judged(SheetReturned, sheet_id=new_id(), seat_id=new_id(), person="judge", reason="请核对"),
        ("judge",),
        "评分表退回：长三角地区中小学班主任基本功大赛",
    ),
    "sheets_due": Case(
        _judged(SheetsDue, person="judge", missing=4, due_at=NOW),
        ("judge",),
        "评分即将截止：长三角地区中小学班主任基本功大赛",
    ),
    "sheets_late": Case(
        _judged(SheetsLate, missing=4, judges=2),
        ("organizer", "supervisor"),
        "评分表未交齐：长三角地区中小学班主任基本功大赛",
    ),
    "sheets_locked": Case(
        _judged(SheetsLocked, sheets=60, missing=0, rules_version=1),
        ("organizer", "supervisor"),
        "评分已锁定：长三角地区中小学班主任基本功大赛",
    ),
    "opening_requested": Case(
        _judged(OpeningRequested, role="organizer"),
        ("organizer", "supervisor"),
        "申请解密盲评编码：长三角地区中小学班主任基本功大赛",
    ),
    "codes_opened": Case(
        _judged(CodesOpened, role="supervisor"),
        ("organizer", "supervisor"),
        "盲评编码已解密：长三角地区中小学班主任基本功大赛",
    ),
    "result_proposed": Case(
        _judged(ResultProposed, **_RESULT),
        ("organizer", "supervisor"),
        "成绩待复核：长三角地区中小学班主任基本功大赛",
    ),
    "proposal_withdrawn": Case(
        _judged(ProposalWithdrawn, **_RESULT),
        ("organizer", "supervisor"),
        "成绩提案已撤回：长三角地区中小学班主任基本功大赛",
    ),
    "result_announced": Case(
        _judged(ResultAnnounced, **_RESULT, **_NOTICE, organization_ids=[HUANGSHAN.id, QUZHOU.id]),
        ("huangshan", "organizer", "quzhou"),
        "成绩公示：长三角地区中小学班主任基本功大赛",
    ),
    "result_final": Case(
        _judged(ResultFinal, **_RESULT),
        ("organizer", "supervisor"),
        "成绩确定：长三角地区中小学班主任基本功大赛",
    ),
    "entries_advanced": Case(
        _judged(EntriesAdvanced, **_NEXT, advanced=2, eliminated=8, organization_ids=[HUANGSHAN.id]),
        ("huangshan",),
        "晋级通知：长三角地区中小学班主任基本功大赛",
    ),
    "objection_filed": Case(
        _judged(ObjectionFiled, **_OBJECTION, decision_due_at=NOW),
        ("huangshan", "organizer"),
        "异议已受理：长三角地区中小学班主任基本功大赛",
    ),
    "objection_withdrawn": Case(
        _judged(ObjectionWithdrawn, **_OBJECTION),
        ("organizer",),
        "异议已撤回：长三角地区中小学班主任基本功大赛",
    ),
    "arbitrators_seated": Case(
        _judged(ArbitratorsSeated, **_OBJECTION, decision_due_at=NOW, people=["arbitrator"]),
        ("arbitrator",),
        "您被抽为仲裁员：长三角地区中小学班主任基本功大赛",
    ),
    "objection_due": Case(
        _judged(ObjectionDue, **_OBJECTION, decision_due_at=NOW, people=["arbitrator"]),
        ("arbitrator",),
        "异议即将到期：长三角地区中小学班主任基本功大赛",
    ),
    "objection_late": Case(
        _judged(ObjectionLate, **_OBJECTION, decision_due_at=NOW, people=["arbitrator"]),
        ("arbitrator", "organizer", "supervisor"),
        "异议逾期未决：长三角地区中小学班主任基本功大赛",
    ),
    "objection_decided": Case(
        _judged(ObjectionDecided, **_OBJECTION, upheld=True),
        ("huangshan", "organizer", "supervisor"),
        "异议决定：长三角地区中小学班主任基本功大赛",
    ),
    "objection_remedied": Case(
        _judged(ObjectionRemedied, **_OBJECTION, remedied=False, reason="复评一致"),
        ("huangshan", "organizer"),
        "异议处理完毕：长三角地区中小学班主任基本功大赛",
    ),
    "rejudging_opened": Case(
        _judged(RejudgingOpened, rejudging_id=new_id(), objection_id=new_id(), people=["judge"]),
        ("judge",),
        "复评任务：长三角地区中小学班主任基本功大赛",
    ),
    "plan_imported": Case(_imported(), (OFFICE,), "计划已录入：年度工作要点"),
    "item_assigned": Case(_assigned(), ("huangshan", "quzhou"), "任务分工：年度工作要点"),
    "project_opened": Case(_opened(), ("huangshan", "quzhou"), "项目启动：共享实训课程"),
    "participants_invited": Case(
        _asked(ParticipantsInvited, organization_ids=[HUANGSHAN.id, QUZHOU.id], answer_by=NOW),
        ("huangshan", "quzhou"),
        "邀请参与合作项目：共享实训课程",
    ),
    "participation_accepted": Case(
        _asked(ParticipationAccepted, organization=QUZHOU), ("huangshan",), "单位同意参与合作项目：共享实训课程"
    ),
    "participation_declined": Case(
        _asked(ParticipationDeclined, organization=QUZHOU, reason="人手不足"),
        ("huangshan",),
        "单位谢绝参与合作项目：共享实训课程",
    ),
    "participation_withdrawn": Case(
        _asked(ParticipationWithdrawn, organization=QUZHOU), ("quzhou",), "参与邀请已撤回：共享实训课程"
    ),
    "invitations_lapsed": Case(
        _asked(InvitationsLapsed, organizations=3), ("huangshan",), "有参与邀请逾期：共享实训课程"
    ),
}


@pytest.fixture
def peopled(notify: NotifyHub) -> NotifyHub:
    """Everybody holds their role; QUZHOU is a member of ALLIANCE, HUANGSHAN is not."""
    notify.hear(
        granted("secretary", Role.SECRETARIAT, Scope.alliance(ALLIANCE.id)),
        granted("organizer", Role.ORGANIZER, Scope.event(SERIES)),
        granted("supervisor", Role.SUPERVISOR, Scope.event(SERIES)),
        granted("leader", Role.DELEGATION_LEADER, Scope.delegation(SERIES, "340000")),
        granted("elsewhere", Role.ORGANIZER, Scope.event(new_id())),
        granted("shanghai", Role.PROVINCE_OFFICE, Scope.province("310000")),
        represents("huangshan", HUANGSHAN),
        membership("MemberAdmitted", QUZHOU),
        represents("quzhou", QUZHOU, at=NOW.replace(minute=1)),
        represents("quzhou", QUZHOU),
    )
    assert [recipient for _, rule, recipient in notify.told() if rule != "member_admitted"] == []
    return notify


def test_the_cases_here_are_of_rules_and_their_messages() -> None:
    assert {name: RULES[name].on.type for name in CASES} == {name: case.fact.type for name, case in CASES.items()}


def test_every_rule_tells_whoever_it_addresses_by_role_or_in_person_once(notify: NotifyHub) -> None:
    """Those of an alliance's members are told too; who they are depends on more than a role, see the case of its own."""
    facts = {name: envelope(full(rule.on)) for name, rule in RULES.items()}
    addressed = {
        name: {each for each in rule.addressed(full(rule.on)) if each != Addressed(Reason.REPRESENTATIVE, _MEMBERS)}
        for name, rule in RULES.items()
    }
    roles = {each for some in addressed.values() for each in some if each.scope.type != "person"}
    notify.hear(*(granted(_holder(each), Role(each.reason), each.scope) for each in roles))

    for fact in (*facts.values(), *facts.values()):
        notify.runtime.receive("notify.announce.v1", [fact])

    for name, fact in facts.items():
        expected = {_holder(each) for each in addressed[name]}
        assert set(notify.told_of(fact)) - {OFFICE} == expected, name
    assert len(set(notify.told())) == len(notify.told())


_MEMBERS = Scope.alliance("<alliance_id>")


def _holder(each: Addressed) -> str:
    return each.scope.id if each.scope.type == "person" else f"{each.reason} of {each.scope.id}"


@pytest.mark.parametrize("rule", CASES)
def test_a_message_tells_exactly_those_concerned_once(peopled: NotifyHub, rule: str) -> None:
    case = CASES[rule]

    peopled.hear(case.fact, case.fact)

    assert sorted(row for row in peopled.told() if row[0] == case.fact.id) == [
        (case.fact.id, rule, person) for person in case.told
    ]
    for person in case.told:
        [chinese, english] = [peopled.inbox(person, locale)[0] for locale in ("zh-CN", "en")]
        assert chinese["title"] == case.title
        assert (english["rule"], english["subject_id"]) == (rule, case.fact.subject_id)
        assert english["title"].split(":")[0].isascii() and english["title"] != chinese["title"]


def test_a_notice_says_what_happened_to_whom_it_matters_and_why(peopled: NotifyHub) -> None:
    fact = published()

    peopled.hear(fact)

    [notice] = [row for row in peopled.inbox("quzhou", "en") if row["rule"] == "competition_published"]
    assert notice == {
        "id": notice["id"],
        "rule": "competition_published",
        "title": "Competition open: YRD Class-Teacher Skills Contest",
        "body": (
            "YRD Class-Teacher Skills Contest (14th edition) has been published. "
            "Your institution is invited to send a delegation.\n\n"
            "Entries close: 1 May 2026, 18:00 (China time)\n\n"
            "The rules and the places for each province are on the hub. "
            "Please enter early; we wish your delegation every success."
        ),
        "why": "You represent an organisation that is concerned.",
        "subject_type": "anything",
        "subject_id": COMPETITION.id,
        "happened_at": "2026-03-02T01:00:00+00:00",
        "created_at": "2026-03-02T01:00:00+00:00",
        "read_at": None,
        "more": 0,
    }
    assert "2026年5月1日18:00" in peopled.inbox("quzhou")[0]["body"]
    assert "（第14届）" in peopled.inbox("quzhou")[0]["body"]


def test_each_notice_is_announced_by_one_message_of_its_own(peopled: NotifyHub) -> None:
    before = len(peopled.said())

    peopled.hear(CASES["entry_submitted"].fact)

    said = peopled.said()[before:]
    assert sorted((type_, data["recipient"], data["rule"]) for type_, data in said) == [
        ("notify.notice_issued", "huangshan", "entry_submitted"),
        ("notify.notice_issued", "organizer", "entry_submitted"),
    ]
    ids = {notice["id"] for person in ("huangshan", "organizer") for notice in peopled.inbox(person)}
    assert {data["notice_id"] for _, data in said} == ids
    history = peopled.ask("history", OFFICE, subject_type="notice", subject_id=said[0][1]["notice_id"])
    assert [(row["version"], row["type"]) for row in history] == [(1, "notify.notice_issued")]


def test_a_person_with_two_of_the_roles_is_told_once(peopled: NotifyHub) -> None:
    peopled.hear(granted("huangshan", Role.ORGANIZER, Scope.event(SERIES)))
    fact = _entry(EntrySubmitted)

    peopled.hear(fact)

    assert peopled.told_of(fact) == ["huangshan", "organizer"]


def test_a_competition_of_no_alliance_concerns_nobody_in_particular(peopled: NotifyHub) -> None:
    fact = published(alliance_id=None)

    peopled.hear(fact)

    assert peopled.told_of(fact) == []


def test_whoever_gets_or_loses_a_role_is_told(notify: NotifyHub) -> None:
    given = granted("ann", Role.SECRETARIAT, Scope.alliance(ALLIANCE.id))
    taken = revoked(given, NOW)
    notify.hear(given, taken)

    assert (notify.told_of(given), notify.told_of(taken)) == (["ann"], ["ann"])
    titles = [notice["title"] for notice in notify.ask("notices", "ann")["nodes"]]
    assert titles == ["角色撤销：联盟秘书处人员", "角色授予：联盟秘书处人员"]


def test_the_hub_office_is_told_of_everybody_who_joins_or_leaves_it(notify: NotifyHub) -> None:
    given = granted("ann", Role.HUB_OFFICE, Scope.hub(), at=NOW.replace(minute=1))
    notify.hear(given)

    assert notify.told_of(given) == ["ann", OFFICE]
