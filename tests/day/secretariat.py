"""Secretariat: finds, counts, invites, decides on applications, keeps the list of members, and hands its office over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.alliances.importing import carried_out
from tests.day.stage import Day, Task
from tests.day.world import APPLICANT, COLLEAGUE, COLLEGE, IMPORTED, INVITED, MEMBER, SECRETARY, SUCCESSOR, World
from tests.handbook.files import PDF
from tests.handbook.stage import plain

COUNTS = """query($alliance: ID!) {
  applied: memberships(alliance: $alliance, status: APPLIED) { totalCount nodes { organization { nameZh } } }
  invited: memberships(alliance: $alliance, status: INVITED) { totalCount }
  members: memberships(alliance: $alliance, status: MEMBER) { totalCount nodes { organization { nameZh } } }
}"""
HISTORY = """query($id: ID!) {
  node(id: $id) { ... on Membership { history(last: 10) { nodes { kind label actor reason } } } }
}"""
TEXT = "query($id: ID!) { alliance(id: $id) { textZh textEn } }"


def find_my_alliance(day: Day, world: World) -> None:
    [found] = day.ask("Viewer", SECRETARY)["alliances"]

    assert found["id"] == world.alliance


def count_by_status(day: Day, world: World) -> None:
    found = day.client(SECRETARY).ask(COUNTS, alliance=world.alliance)

    assert {status: each["totalCount"] for status, each in found.items()} == {"applied": 1, "invited": 0, "members": 1}
    listed = [each["organization"]["nameZh"] for each in found["applied"]["nodes"]]
    assert listed == ["黄山学院"]


def find_by_a_part(day: Day, world: World) -> None:
    for typed in ("衢州职业", "qzzyjs"):
        found = day.ask("FindOrganizations", SECRETARY, search=typed)["nodes"]
        assert [each["id"] for each in found] == [world.organizations[COLLEGE]]


def invite_twelve(day: Day, world: World) -> None:
    ids = [world.organizations[name] for name in (COLLEGE, *INVITED)]
    invited = day.do("InviteMembers", SECRETARY, allianceId=world.alliance, organizationIds=ids)["invitations"]

    world.made["invited"] = {each["organization"]["id"]: each["membership"]["id"] for each in invited}
    assert _with_status(day, world, "INVITED") == set(ids) and len(ids) == 12


def withdraw_one(day: Day, world: World) -> None:
    mistaken = world.organizations[INVITED[0]]
    day.do("WithdrawInvitation", SECRETARY, membershipId=world.made["invited"][mistaken], reason="误邀")

    still = _with_status(day, world, "INVITED")
    assert len(still) == 11 and mistaken not in still


def review_with_papers(day: Day, world: World) -> None:
    membership = world.memberships[APPLICANT]
    day.do("StartReview", SECRETARY, membershipId=membership)
    pair = {"alliance": world.alliance, "organization": world.organizations[APPLICANT]}
    [paper] = day.ask("ApplicationPapers", SECRETARY, **pair)
    assert day.http("GET", SECRETARY, paper["url"]).content == PDF

    assert _with_status(day, world, "IN_REVIEW") == {world.organizations[APPLICANT]}


def admit(day: Day, world: World) -> None:
    day.do("AdmitMember", SECRETARY, membershipId=world.memberships[APPLICANT])

    public = day.look("MembersOn", "", alliance=world.alliance)["nodes"]
    assert world.organizations[APPLICANT] in {each["organization"]["id"] for each in public}


def suspend(day: Day, world: World) -> None:
    membership = world.memberships[MEMBER]
    day.do("SuspendMember", SECRETARY, membershipId=membership, reason="整改")
    steps = day.ask(HISTORY, SECRETARY, id=membership)["history"]["nodes"]
    assert (steps[-1]["actor"], steps[-1]["reason"]) == (f"persona:{SECRETARY}", "整改")

    assert _with_status(day, world, "SUSPENDED") == {world.organizations[MEMBER]}


def change_the_class(day: Day, world: World) -> None:
    membership, today = world.memberships[APPLICANT], str(day.today)
    day.do("SetMemberClass", SECRETARY, membershipId=membership, since=today, memberClass="council")

    assert day.look("ClassOn", "", membership=membership, day=today)["memberClass"]["code"] == "council"


def export(day: Day, world: World) -> None:
    file = day.http("GET", SECRETARY, f"/exports/members/{world.alliance}.csv").text

    assert "黄山学院" in file and "理事单位" in file


def import_members(day: Day, world: World) -> None:
    csv = "单位名称,成员类别\n" + "".join(f"{name},成员单位\n" for name in IMPORTED)
    into = {"allianceId": world.alliance, "enterAs": "ADMITTED"}
    assert carried_out(day, "Members", SECRETARY, csv=csv, **into) == {"admitted": 2}

    assert {world.organizations[name] for name in IMPORTED} < _with_status(day, world, "MEMBER")


def correct_the_text(day: Day, world: World) -> None:
    right = {"textZh": "三省一市商科院校共建。", "textEn": "Business schools of four provinces."}
    day.do("ChangeAlliance", SECRETARY, allianceId=world.alliance, **right, reason="更正简介")

    assert day.look(TEXT, "", id=world.alliance) == right


def name_a_colleague(day: Day, world: World) -> None:
    day.do("GrantRole", SECRETARY, person=f"persona:{COLLEAGUE}", **_office(world))

    assert _holders(day, world) == {SECRETARY, COLLEAGUE}


def hand_over(day: Day, world: World) -> None:
    day.do("HandOverRole", SECRETARY, person=f"persona:{SUCCESSOR}", **_office(world))

    assert _holders(day, world) == {SUCCESSOR, COLLEAGUE}
    with day.beside():
        assert day.refused("ResumeMember", SECRETARY, membershipId=world.memberships[MEMBER]) == ["NOT_ALLOWED"]


def renew(day: Day, world: World) -> None:
    """By the successor."""
    membership = world.memberships[APPLICANT]
    until = day.today + timedelta(days=4 * 365)
    day.do("RenewMembership", SUCCESSOR, membershipId=membership, until=str(until))

    assert day.look("TermOn", SUCCESSOR, membership=membership)["term"]["until"] == str(until)


def _with_status(day: Day, world: World, status: str) -> set[str]:
    """The organisations whose memberships stand so."""
    nodes = day.look("Members", SECRETARY, alliance=world.alliance, status=status)["nodes"]
    return {each["organization"]["id"] for each in nodes}


def _office(world: World) -> dict[str, Any]:
    return {"role": "SECRETARIAT", "scopeType": "ALLIANCE", "scopeId": plain(world.alliance)}


def _holders(day: Day, world: World) -> set[str]:
    scope = {"scopeType": "ALLIANCE", "scopeId": plain(world.alliance)}
    found = day.look("Holders", COLLEAGUE, **scope)["nodes"]
    return {each["person"].removeprefix("persona:") for each in found}


def _task(title: str, section: str, done: Any) -> Task:
    return Task("secretariat", title, section, done)


TASKS = (
    _task("find my alliance", "alliances.md#who-holds-what", find_my_alliance),
    _task("list and count by status", "lists.md#how-many-there-are", count_by_status),
    _task("find an organisation by a part of its name", "alliances.md#find", find_by_a_part),
    _task("invite twelve", "alliances.md#members", invite_twelve),
    _task("withdraw one invitation", "alliances.md#members", withdraw_one),
    _task("review an application with its papers", "alliances.md#papers-with-an-application", review_with_papers),
    _task("admit", "alliances.md#members", admit),
    _task("suspend, and see it in the history", "lists.md#what-was-done", suspend),
    _task("change the class of a member", "alliances.md#classes", change_the_class),
    _task("export the members", "alliances.md#import", export),
    _task("import members", "alliances.md#import", import_members),
    _task("correct the text", "alliances.md#correct", correct_the_text),
    _task("name a colleague", "alliances.md#roles", name_a_colleague),
    _task("hand over", "alliances.md#roles", hand_over),
    _task("renew a membership", "alliances.md#terms-and-renewal", renew),
)
