"""World: what stands in the morning: an alliance, organisations, a project, and a contest whose works are being judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.day.stage import Day
from tests.handbook.files import PDF, sent
from tests.handbook.stage import plain
from tests.season import judging

OFFICE, SECRETARY, COLLEAGUE, SUCCESSOR = "hub-office", "secretariat", "colleague", "successor"
ORGANIZER, SUPERVISOR = "organizer", "supervisor"
COLLEGE, APPLICANT, MEMBER = "quzhou-college", "huangshan-university", "gongshang-university"
ORGANIZATIONS = {
    COLLEGE: ("衢州职业技术学院", "Quzhou College of Technology", "330802"),
    APPLICANT: ("黄山学院", "Huangshan University", "341002"),
    MEMBER: ("浙江工商大学", "Zhejiang Gongshang University", "330106"),
}
OTHERS = [f"长三角第{number}应用技术学院" for number in range(1, 14)]
INVITED, IMPORTED = OTHERS[:11], OTHERS[11:]
LICENCE = {"code": "licence", "name_zh": "办学许可证", "name_en": "School Licence", "required": True}
JUDGES = 6
HOUR = timedelta(hours=1)


@dataclass
class World:
    """Ids as the graph gives them; `organizations` by persona or name. What tasks make stands in `made` by a word for it."""

    alliance: str = ""
    organizations: dict[str, str] = field(default_factory=dict)
    memberships: dict[str, str] = field(default_factory=dict)
    project: dict[str, Any] = field(default_factory=dict)
    series: str = ""
    judged: str = ""
    stage: str = ""
    made: dict[str, Any] = field(default_factory=dict)


def prepare(day: Day) -> World:
    world = World()
    _register(day, world)
    _gather(day, world)
    _open_a_project(day, world)
    _hold_a_contest(day, world)
    return world


def _register(day: Day, world: World) -> None:
    for persona, (zh, en, region) in ORGANIZATIONS.items():
        names = {"nameZh": zh, "nameEn": en, "region": region, "representative": f"persona:{persona}"}
        world.organizations[persona] = _registered(day, **names)
    for number, zh in enumerate(OTHERS):
        world.organizations[zh] = _registered(day, nameZh=zh, nameEn=f"Applied College {number}", region="310115")


def _registered(day: Day, **names: Any) -> str:
    made = day.do("RegisterOrganization", OFFICE, kind="VOCATIONAL_COLLEGE", **names)
    return str(made["organization"]["id"])


def _gather(day: Day, world: World) -> None:
    """One is a member already; another applies, with the paper that the charter asks for since."""
    names = {"nameZh": "国际商务职业教育集团", "nameEn": "International Business Group", "region": "330000"}
    founded = day.do("FoundAlliance", OFFICE, kind="VOCATIONAL_GROUP", **names, secretariat=f"persona:{SECRETARY}")
    world.alliance = founded["alliance"]["id"]
    world.memberships[MEMBER] = _apply(day, world, MEMBER)
    day.do("AdmitMember", SECRETARY, membershipId=world.memberships[MEMBER])
    rules = {"papers": {"list": [LICENCE]}, "terms": {"years": 2}}
    day.do("AdoptCharter", SECRETARY, allianceId=world.alliance, rules=rules, reason="第一届理事会通过")
    pair = {"allianceId": world.alliance, "organizationId": world.organizations[APPLICANT]}
    upload = sent(day, "BeginApplicationPaper", APPLICANT, PDF, **pair, kind="licence", name="办学许可证.pdf")
    day.do("CompleteApplicationPaper", APPLICANT, uploadId=upload)
    world.memberships[APPLICANT] = _apply(day, world, APPLICANT)


def _apply(day: Day, world: World, persona: str) -> str:
    pair = {"allianceId": world.alliance, "organizationId": world.organizations[persona]}
    return str(day.do("ApplyForMembership", persona, **pair)["membership"]["id"])


def _open_a_project(day: Day, world: World) -> None:
    world.project = day.do(
        "OpenProject",
        COLLEGE,
        title="长三角师资联合培养",
        leadOrganizationId=world.organizations[COLLEGE],
        participantIds=[world.organizations[APPLICANT]],
        milestones=[{"title": "签署协议", "dueOn": str(day.today + timedelta(days=5))}],
    )["project"]


def _hold_a_contest(day: Day, world: World) -> None:
    """Three have entered, none has handed in a work, and the panel of three has works to judge."""
    opens, closes = day.now - HOUR, day.now + HOUR
    drafted = day.do(
        "DraftCompetition",
        OFFICE,
        series={"nameZh": "长三角班主任基本功大赛", "nameEn": "YRD Class-Teacher Skills Contest"},
        number=3,
        hostRegion="330000",
        opensAt=opens.isoformat(),
        closesAt=closes.isoformat(),
        tracks=[{"nameZh": "小学组", "nameEn": "Primary", "quotas": [{"province": "330000", "places": 5}]}],
        phases=[
            {
                "round": 1,
                "kind": "WORKS",
                "opensAt": (closes + timedelta(minutes=1)).isoformat(),
                "closesAt": (closes + timedelta(minutes=2)).isoformat(),
            }
        ],
        rules={"judging": {"seats": 3, "judges_per_entry": 2, "most_per_province": None}},
    )["competition"]
    world.judged, world.series = drafted["id"], drafted["series"]["id"]
    world.stage = drafted["rounds"][0]["stages"][0]["id"]
    for person, role in ((ORGANIZER, "ORGANIZER"), (SUPERVISOR, "SUPERVISOR")):
        scope = {"scopeType": "EVENT", "scopeId": plain(world.series)}
        day.do("GrantRole", OFFICE, person=f"persona:{person}", role=role, **scope)
    day.do("PublishCompetition", ORGANIZER, competitionId=world.judged)
    track = drafted["tracks"][0]["id"]
    entries = [
        {"trackId": track, "organizationId": world.organizations[COLLEGE], "contestant": f"选手{number}"}
        for number in range(3)
    ]
    day.do("SubmitEntries", COLLEGE, entries=entries)
    _seat_a_panel(day, world, track)


def _seat_a_panel(day: Day, world: World, track: str) -> None:
    for number in range(JUDGES):
        about = {"person": f"persona:judge-{number}", "name": f"评委{number}", "trackIds": [track]}
        home = world.organizations[OTHERS[number % 2]]
        day.do("NominateJudge", ORGANIZER, competitionId=world.judged, **about, organizationId=home)
    day.wait_for(day.now + HOUR + timedelta(minutes=3))
    day.until(lambda: day.ask("Stage", "", id=world.stage)["status"] == "RUNNING", "the stage did not begin")
    judging.draw(day, world.stage)
    judging.accept_all(day, world.stage)
    day.do("AssignJudges", ORGANIZER, stageId=world.stage)
