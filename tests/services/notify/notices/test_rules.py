"""Rules: each message tells exactly those whom the table names, once, and can be read in both languages."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from contracts.authority import Role, Scope
from contracts.base import Message, Named
from contracts.events.entries import EntriesClosed, EntrySubmitted, EntryWithdrawn
from contracts.projects import ItemAssigned, PlanImported, ProjectOpened
from kit.envelope import Envelope
from kit.ids import new_id
from services.notify.notices.rules import MESSAGES, RULES
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
)

TRACK = Named(id=new_id(), zh="小学组", en="Primary schools")


@dataclass(frozen=True)
class Case:
    """A message, who is told of it, and what the reader finds in the Chinese title."""

    fact: Envelope
    told: tuple[str, ...]
    title: str


def _entry(kind: type[Message]) -> Envelope:
    said = {"entry_id": new_id(), "competition": COMPETITION, "track": TRACK, "organization": HUANGSHAN}
    return envelope(kind(**said, province="340000", edition=14, series_id=SERIES))


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


def _imported() -> Envelope:
    return envelope(PlanImported(plan_id=new_id(), title="年度工作要点", issuer=None, items=31, public=True))


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
    "competition_published": Case(published(), ("quzhou",), "赛事发布：长三角地区中小学班主任基本功大赛"),
    "entry_submitted": Case(
        _entry(EntrySubmitted), ("huangshan", "organizer"), "报名已提交：长三角地区中小学班主任基本功大赛"
    ),
    "entry_withdrawn": Case(
        _entry(EntryWithdrawn), ("huangshan", "organizer"), "报名已撤回：长三角地区中小学班主任基本功大赛"
    ),
    "entries_closed": Case(_closed(), ("organizer",), "报名已截止：长三角地区中小学班主任基本功大赛"),
    "plan_imported": Case(_imported(), (OFFICE,), "计划已录入：年度工作要点"),
    "item_assigned": Case(_assigned(), ("huangshan", "quzhou"), "任务分工：年度工作要点"),
    "project_opened": Case(_opened(), ("huangshan", "quzhou"), "项目启动：共享实训课程"),
}


@pytest.fixture
def peopled(notify: NotifyHub) -> NotifyHub:
    """Everybody holds their role; QUZHOU is a member of ALLIANCE, HUANGSHAN is not."""
    notify.hear(
        granted("secretary", Role.SECRETARIAT, Scope.alliance(ALLIANCE.id)),
        granted("organizer", Role.ORGANIZER, Scope.event(SERIES)),
        granted("elsewhere", Role.ORGANIZER, Scope.event(new_id())),
        granted("shanghai", Role.PROVINCE_OFFICE, Scope.province("310000")),
        represents("huangshan", HUANGSHAN),
        membership("MemberAdmitted", QUZHOU),
        represents("quzhou", QUZHOU, at=NOW.replace(minute=1)),
        represents("quzhou", QUZHOU),
    )
    assert [recipient for _, rule, recipient in notify.told() if rule != "member_admitted"] == []
    return notify


def test_the_table_names_each_rule_once_and_every_message_has_a_case_here() -> None:
    assert [rule.name for rule in RULES] == list(CASES)
    assert {case.fact.type for case in CASES.values()} == {message.type for message in MESSAGES}


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
